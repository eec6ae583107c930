import { startSandbox, type Sandbox } from '../sandbox/sandbox';
import { apiKey, watchLogs } from './apiKey';
import { crossedCases, recoveringCases, sweepCases, type FaultCase } from './cases';
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
const sandboxes: Sandbox[] = [];

let stopWatching: () => string | undefined;

beforeAll(async () => {
	for (let count = 0; count < parallelRuns; count++) sandboxes.push(await startSandbox({ apiKey }));
});
beforeEach(() => {
	stopWatching = watchLogs();
});
afterEach(() => expect(stopWatching()).toBeUndefined());
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
): Promise<string[]> {
	const found: string[] = [];
	const remaining = runs.values();
	await Promise.all(
		sandboxes.map(async (sandbox) => {
			for (const items of remaining) {
				const discrepancies = await checkOperation(operation, sandbox, items, mode);
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
});

it('Generate never creates twice after any status', async () => {
	const runs = sweepCases.map((faultCase) => [{ id: 'item', faultCase, mustSucceed: false }]);
	const mode = { onError: 'continueRegularOutput', maxRetries: 1 } as const;
	expect(await checkRuns(generate, runs, mode)).toEqual([]);
});
