import type { NodeSettings } from '../engine/magicHour';
import { useSandbox } from '../engine/useSandbox';
import { startSandbox, type Sandbox } from '../sandbox/sandbox';
import { apiKey, useWatchedLogs } from './apiKey';
import {
	crossedCases,
	crossedStatuses,
	dripCases,
	echoCases,
	echoSweepCases,
	largeCases,
	stallCases,
	sweepCases,
	webPageCases,
	type FaultCase,
} from './cases';
import { checkDeletions } from './deletions';
import type { DeletionItem } from './discrepancies';
import { continuingModes, modes, stoppingModes, type Mode } from './modes';
import { Tally } from './tally';

const timeout = 400;
/** A node without a deadline would wait for ever. */
const dripTimeout = 20_000;
const parallelRuns = 40;

const tally = new Tally('matrix');
const sandbox = useSandbox({ apiKey });
useWatchedLogs();

afterAll(() => tally.publish());

/** Deletes one project for each fault, in one run. */
async function checkInOneRun(
	cases: FaultCase[],
	mode: Omit<Mode, 'name'>,
	settings?: NodeSettings,
): Promise<string[]> {
	const items: DeletionItem[] = cases.map(({ fault, times }, index) => {
		const id = sandbox().projects.create({ id: `project-${index}` });
		sandbox().addFaults({ id, times, fault });
		return { id, existed: true };
	});
	const discrepancies = await checkDeletions(sandbox(), items, mode, settings);
	tally.add(
		cases.map(({ name }) => name),
		items.length,
		discrepancies,
	);
	return discrepancies.map((text) =>
		text.replace(/item (\d+)/, (_, index) => `item ${index}, ${cases[Number(index)]?.name}`),
	);
}

/** Each echo of the API key with each of the crossed statuses, in one of the modes. */
function echoesFor(mode: Mode): FaultCase[] {
	return crossedStatuses
		.flatMap((status) => echoCases(status, apiKey))
		.filter((_, index) => index % modes.length === modes.indexOf(mode));
}

describe('with every status once', () => {
	const onError = 'continueRegularOutput';
	const mode = { onError, maxRetries: 0, ignoreAlreadyDeleted: false } as const;

	it('reports what became of every item', async () => {
		expect(await checkInOneRun([...sweepCases, ...webPageCases], mode)).toEqual([]);
	});

	it('reports it also after retries', async () => {
		expect(await checkInOneRun(sweepCases, { ...mode, maxRetries: 1 })).toEqual([]);
	});

	it('gives no echo of the API key away', async () => {
		expect(await checkInOneRun(echoSweepCases(apiKey), mode)).toEqual([]);
	});
});

describe.each(continuingModes)('with $name', (mode) => {
	it('reports what became of every item', async () => {
		const cases = [...crossedCases(mode.maxRetries), ...largeCases, ...echoesFor(mode)];
		expect(await checkInOneRun(cases, mode)).toEqual([]);
	});

	it('reports answers that stall', async () => {
		const settings = { requestOptions: { timeout } };
		expect(await checkInOneRun(stallCases, mode, settings)).toEqual([]);
	});

	it(
		'reports answers that drip',
		async () => {
			const settings = { requestOptions: { timeout } };
			expect(await checkInOneRun(dripCases, mode, settings)).toEqual([]);
		},
		dripTimeout,
	);
});

describe.each(stoppingModes)('with $name', (mode) => {
	const sandboxes: Sandbox[] = [];
	beforeAll(async () => {
		while (sandboxes.length < parallelRuns) sandboxes.push(await startSandbox({ apiKey }));
	});
	afterAll(async () => await Promise.all(sandboxes.map(async (own) => await own.close())));

	it('reports what became of every run', async () => {
		expect(
			await checkOneByOne([...crossedCases(mode.maxRetries), ...echoesFor(mode)], mode),
		).toEqual([]);
	});

	it('reports answers that stall', async () => {
		const settings = { requestOptions: { timeout } };
		expect(await checkOneByOne(stallCases, mode, settings)).toEqual([]);
	});

	it(
		'reports answers that drip',
		async () => {
			const settings = { requestOptions: { timeout } };
			expect(await checkOneByOne(dripCases, mode, settings)).toEqual([]);
		},
		dripTimeout,
	);

	/** Runs three deletions for each fault, of which the second meets it. */
	async function checkOneByOne(
		cases: FaultCase[],
		itsMode: Mode,
		settings?: NodeSettings,
	): Promise<string[]> {
		const found: string[] = [];
		const remaining = cases.values();
		await Promise.all(
			sandboxes.map(async (own) => {
				for (const { name, fault, times } of remaining) {
					own.reset();
					const items = ['before', 'faulty', 'after'].map((id) => ({ id, existed: true }));
					for (const { id } of items) own.projects.create({ id });
					own.addFaults({ id: 'faulty', times, fault });
					const discrepancies = await checkDeletions(own, items, itsMode, {
						options: { maxParallelRequests: 1 },
						...settings,
					});
					tally.add([name], items.length, discrepancies);
					found.push(...discrepancies.map((text) => `${name}: ${text}`));
				}
			}),
		);
		return found;
	}
});
