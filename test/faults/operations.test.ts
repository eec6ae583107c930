import type { INodeParameters } from 'n8n-workflow';
import { selfSigned } from '../sandbox/certificate';
import { startSandbox, type Sandbox } from '../sandbox/sandbox';
import { apiKey, useWatchedLogs } from './apiKey';
import {
	corruptTlsCases,
	crossedCases,
	cutEncodingCases,
	dripCases,
	hostileCases,
	recoveringCases,
	sweepCases,
	type FaultCase,
} from './cases';
import { modes, type Mode } from './modes';
import {
	checkOperation,
	generate,
	operationCases,
	type OperationCase,
	type OperationItem,
} from './operationCases';
import { Tally } from './tally';

const tally = new Tally('other operations');
const parallelRuns = 30;
const hostile = hostileCases();
const continuing = { onError: 'continueRegularOutput', maxRetries: 0 } as const;
const sandboxes: Sandbox[] = [];

beforeAll(async () => {
	for (let count = 0; count < parallelRuns; count++) sandboxes.push(await startSandbox({ apiKey }));
});
useWatchedLogs();
afterAll(async () => {
	tally.publish();
	await Promise.all(sandboxes.map(async (sandbox) => await sandbox.close()));
});

/** Ignore Already Deleted is an option of Delete alone. */
const modesOfAll = modes.filter(({ ignoreAlreadyDeleted }) => !ignoreAlreadyDeleted);

/** Whether retries overcome a fault. */
function isOvercome({ idempotent }: OperationCase, faultCase: FaultCase, maxRetries: number) {
	if (!recoveringCases.includes(faultCase) || (faultCase.times ?? Infinity) > maxRetries) {
		return false;
	}
	return idempotent || faultCase.name.startsWith('429 ');
}

/** Runs lists of items, one run each, some at the same time, each at a sandbox of its own. */
async function checkRuns(
	operation: OperationCase,
	runs: OperationItem[][],
	mode: Pick<Mode, 'onError' | 'maxRetries'>,
	requestOptions?: INodeParameters,
	own = sandboxes,
): Promise<string[]> {
	const found: string[] = [];
	const remaining = runs.values();
	await Promise.all(
		own.map(async (sandbox) => {
			for (const items of remaining) {
				const discrepancies = await checkOperation(operation, sandbox, items, mode, requestOptions);
				const names = items.map(({ faultCase }) => `${operation.name}: ${faultCase.name}`);
				tally.add(names, items.length, discrepancies);
				found.push(...discrepancies);
			}
		}),
	);
	return found;
}

describe.each(operationCases)('$name', (operation) => {
	it.each(modesOfAll)('reports the truth with $name', async (mode) => {
		const items = crossedCases(mode.maxRetries)
			.filter(({ name }) => operation.undetectable?.test(name) !== true)
			.map((faultCase, index) => ({
				id: `item-${index}`,
				faultCase,
				mustSucceed: isOvercome(operation, faultCase, mode.maxRetries),
			}));
		// Only the first failure of a run is reported if it stops the run.
		const isOneRun = operation.hasFaultPerItem && mode.onError !== 'stopWorkflow';
		const runs = isOneRun ? [items] : items.map((item) => [item]);
		expect(await checkRuns(operation, runs, mode)).toEqual([]);
	});

	it('takes nothing that is cut for whole', async () => {
		const cases = [...cutEncodingCases, ...(operation.cutCases ?? [])];
		expect(await checkRuns(operation, runsOf(cases), continuing)).toEqual([]);
	});

	it('survives answers that become large, or deep', async () => {
		const cases = hostile.filter(({ name }) => operation.undetectable?.test(name) !== true);
		// One after the other: the memory of this process is not what is tried.
		const [sandbox] = sandboxes;
		const own = sandbox === undefined ? [] : [sandbox];
		expect(await checkRuns(operation, runsOf(cases), continuing, undefined, own)).toEqual([]);
	});

	it('reports what TLS spoils after the request has arrived', async () => {
		const sandbox = await startSandbox({ apiKey, tls: await selfSigned() });
		const requestOptions = { allowUnauthorizedCerts: true };
		const runs = runsOf(corruptTlsCases);
		const found = await checkRuns(operation, runs, continuing, requestOptions, [sandbox]);
		await sandbox.close();
		expect(found).toEqual([]);
	});
});

it.each(operationCases.filter(({ isTransfer }) => isTransfer !== true))(
	'$name reports answers that drip',
	async (operation) => {
		const requestOptions = { timeout: 400 };
		expect(await checkRuns(operation, runsOf(dripCases), continuing, requestOptions)).toEqual([]);
	},
	20_000,
);

/** A run for each fault. */
function runsOf(cases: FaultCase[]): OperationItem[][] {
	return cases.map((faultCase) => [{ id: 'item', faultCase, mustSucceed: false }]);
}

it('Generate never creates twice after any status', async () => {
	const runs = sweepCases.map((faultCase) => [{ id: 'item', faultCase, mustSucceed: false }]);
	const mode = { onError: 'continueRegularOutput', maxRetries: 1 } as const;
	expect(await checkRuns(generate, runs, mode)).toEqual([]);
});
