import fc from 'fast-check';
import { startSandbox, type Sandbox } from '../sandbox/sandbox';
import type { FaultRule, Fault } from '../sandbox/faults';
import { apiKey, watchLogs } from './apiKey';
import { faultCases, sweepCases, type FaultCase } from './cases';
import { checkDeletions } from './deletions';
import type { DeletionItem } from './discrepancies';
import { modes } from './modes';
import { Tally } from './tally';

const batchCount = 40;
const longestBatch = 150;
/** The batches mostly wait for retries, so that some run at the same time. */
const sandboxCount = 8;
const tally = new Tally('random batches');

const sandboxes: Sandbox[] = [];
let stopWatching: () => string | undefined;
beforeAll(async () => {
	while (sandboxes.length < sandboxCount) sandboxes.push(await startSandbox({ apiKey }));
	stopWatching = watchLogs();
});
afterAll(async () => {
	tally.publish();
	await Promise.all(sandboxes.map(async (sandbox) => await sandbox.close()));
	expect(stopWatching()).toBeUndefined();
});

/** An input item of a random batch. */
interface RandomItem {
	/** Whether there is such a project; a wrong ID names none, and is refused or not found. */
	kind: 'project' | 'missing' | 'refused' | 'sameAgain';
	faultCase?: FaultCase;
}

const faultCase = fc.constantFrom(...sweepCases, ...faultCases);
const item: fc.Arbitrary<RandomItem> = fc.oneof(
	{ weight: 12, arbitrary: fc.constant<RandomItem>({ kind: 'project' }) },
	{
		weight: 4,
		arbitrary: faultCase.map((one): RandomItem => ({ kind: 'project', faultCase: one })),
	},
	{ weight: 1, arbitrary: fc.constant<RandomItem>({ kind: 'missing' }) },
	{
		weight: 1,
		arbitrary: faultCase.map((one): RandomItem => ({ kind: 'missing', faultCase: one })),
	},
	{ weight: 1, arbitrary: fc.constant<RandomItem>({ kind: 'sameAgain' }) },
);
const refusedItem = fc.constant<RandomItem>({ kind: 'refused' });

const revoked: Fault = { answer: { status: 401, body: { code: 'unauthorized', message: 'No' } } };
const turnOfEvents = fc.option(
	fc.oneof(
		fc.record({ skip: fc.nat(50), fault: fc.constant(revoked) }),
		fc.record({
			skip: fc.nat(50),
			times: fc.integer({ min: 1, max: 50 }),
			fault: fc.constant<Fault>({ answer: { status: 503 } }),
		}),
	),
	{ nil: undefined },
);
const rateLimit = fc.option(
	fc.record({
		requestsPerSecond: fc.integer({ min: 50, max: 200 }),
		sendsRetryAfter: fc.boolean(),
	}),
	{ nil: undefined },
);

const batch = fc.record({
	mode: fc.constantFrom(...modes),
	randomItems: fc.oneof(
		fc.array(item, { minLength: 1, maxLength: longestBatch, size: 'max' }),
		fc.array(fc.oneof({ weight: 20, arbitrary: item }, { weight: 1, arbitrary: refusedItem }), {
			minLength: 1,
			maxLength: longestBatch,
			size: 'max',
		}),
	),
	maxParallelRequests: fc.integer({ min: 1, max: 50 }),
	turnOfEvents,
	rateLimit,
});

/** Creates the projects of a batch, and asks the sandbox for its faults. */
function prepare(
	sandbox: Sandbox,
	randomItems: RandomItem[],
	turn: FaultRule | undefined,
): DeletionItem[] {
	sandbox.reset();
	if (turn !== undefined) sandbox.addFaults(turn);
	const items: DeletionItem[] = [];
	for (const [index, { kind, faultCase: ownFault }] of randomItems.entries()) {
		const previous = items.at(-1);
		if (kind === 'sameAgain' && previous !== undefined) {
			items.push(previous);
			continue;
		}
		const id = kind === 'refused' ? `../${index}` : `${kind}-${index}`;
		if (kind === 'project') sandbox.projects.create({ id });
		if (ownFault !== undefined) {
			sandbox.addFaults({ id, times: ownFault.times, fault: ownFault.fault });
		}
		items.push({ id, existed: kind === 'project' });
	}
	return items;
}

it(`reports the truth about ${batchCount} random batches`, async () => {
	const check = async (sandbox: Sandbox) =>
		await fc.assert(
			fc.asyncProperty(
				batch,
				async ({ mode, randomItems, maxParallelRequests, turnOfEvents: turn, rateLimit }) => {
					const items = prepare(sandbox, randomItems, turn);
					sandbox.limitRate(rateLimit);
					const discrepancies = await checkDeletions(sandbox, items, mode, {
						options: { maxParallelRequests },
					});
					const faults = randomItems
						.map(({ faultCase: ownFault }) => ownFault?.name)
						.filter((name) => name !== undefined);
					tally.add(faults, items.length, discrepancies);
					expect(discrepancies).toEqual([]);
					expect(sandbox.highestInFlight).toBeLessThanOrEqual(maxParallelRequests);
				},
			),
			{
				numRuns: batchCount / sandboxes.length,
				interruptAfterTimeLimit: undefined,
				endOnFailure: true,
			},
		);
	await Promise.all(sandboxes.map(check));
});
