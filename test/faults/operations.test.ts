import { startSandbox, type Sandbox } from '../sandbox/sandbox';
import {
	bodyCases,
	lostCases,
	recoveringCases,
	retryAfterCases,
	statusCases,
	telling,
	type FaultCase,
} from './cases';
import { modes } from './modes';
import { operationCases, tryOperation, type OperationCase } from './operations';
import { apiKey, listen } from './secrets';
import { Tally } from './tally';

const tally = new Tally('other operations');
const parallelRuns = 30;
const sandboxes: Sandbox[] = [];

let stopListening: () => string | undefined;

beforeAll(async () => {
	for (let count = 0; count < parallelRuns; count++) sandboxes.push(await startSandbox({ apiKey }));
});
beforeEach(() => {
	stopListening = listen();
});
afterEach(() => expect(stopListening()).toBeUndefined());
afterAll(async () => {
	tally.publish();
	await Promise.all(sandboxes.map(async (sandbox) => await sandbox.close()));
});

const ofTellingStatus = ({ name }: FaultCase) =>
	telling.some((status) => name.startsWith(`${status} `));
const cases: FaultCase[] = [
	...[...statusCases, ...bodyCases].filter(ofTellingStatus),
	...lostCases,
	...recoveringCases,
	...retryAfterCases(),
];

/** Ignore Already Deleted is Delete's own. */
const modesOfAll = modes.filter(({ ignoreAlreadyDeleted }) => !ignoreAlreadyDeleted);

/** Whether retries overcome a fault that shows so many times. */
function isOvercome({ isRepeatable }: OperationCase, fault: FaultCase, maxRetries: number) {
	if (!recoveringCases.includes(fault) || (fault.times ?? Infinity) > maxRetries) return false;
	return isRepeatable || fault.name.startsWith('429 ');
}

describe.each(operationCases)('$name', (operation) => {
	it.each(modesOfAll)('tells the truth with $name', async (mode) => {
		const found: string[] = [];
		const left = cases.filter(({ name }) => operation.unseen?.test(name) !== true).values();
		await Promise.all(
			sandboxes.map(async (sandbox) => {
				for (const faultCase of left) {
					sandbox.reset();
					sandbox.addFaults(operation.ruleFor('faulty', faultCase.fault, faultCase.times));
					const mustSucceed = isOvercome(operation, faultCase, mode.maxRetries);
					const trials = [{ id: 'faulty', mustSucceed }];
					const disagreements = await tryOperation(operation, sandbox, trials, mode);
					tally.add([`${operation.name}: ${faultCase.name}`], trials.length, disagreements);
					found.push(...disagreements.map((text) => `${faultCase.name}: ${text}`));
				}
			}),
		);
		expect(found).toEqual([]);
	});
});
