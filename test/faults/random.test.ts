import fc from 'fast-check';
import { startSandbox, type Sandbox } from '../sandbox/sandbox';
import type { FaultRule, Fault } from '../sandbox/faults';
import { tryBatch } from './batch';
import { lostCases, recoveringCases, statusCases, type FaultCase } from './cases';
import type { Wanted } from './claims';
import { modes } from './modes';
import { apiKey, listen } from './secrets';
import { Tally } from './tally';

const batches = 40;
const tally = new Tally('random batches');

let sandbox: Sandbox;
let stopListening: () => string | undefined;
beforeAll(async () => {
	sandbox = await startSandbox({ apiKey });
	stopListening = listen();
});
afterAll(async () => {
	tally.publish();
	await sandbox.close();
	expect(stopListening()).toBeUndefined();
});

/** An input item of a random batch. */
interface RandomItem {
	/** Whether there is such a project; a wrong ID names none, and is refused or not found. */
	kind: 'project' | 'missing' | 'refused' | 'sameAgain';
	faultCase?: FaultCase;
}

const faultCase = fc.constantFrom(...statusCases, ...lostCases, ...recoveringCases);
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
		fc.record({ skip: fc.nat(100), fault: fc.constant(revoked) }),
		fc.record({
			skip: fc.nat(100),
			times: fc.integer({ min: 1, max: 50 }),
			fault: fc.constant<Fault>({ answer: { status: 503 } }),
		}),
	),
	{ nil: undefined },
);
const rateLimit = fc.option(
	fc.record({
		requestsPerSecond: fc.integer({ min: 100, max: 400 }),
		tellsRetryAfter: fc.boolean(),
	}),
	{ nil: undefined },
);

const batch = fc.record({
	mode: fc.constantFrom(...modes),
	items: fc.oneof(
		fc.array(item, { minLength: 1, maxLength: 500, size: 'max' }),
		fc.array(fc.oneof({ weight: 20, arbitrary: item }, { weight: 1, arbitrary: refusedItem }), {
			minLength: 1,
			maxLength: 500,
			size: 'max',
		}),
	),
	maxParallelRequests: fc.integer({ min: 1, max: 50 }),
	turnOfEvents,
	rateLimit,
});

function prepare(items: RandomItem[], turn: FaultRule | undefined): Wanted[] {
	sandbox.reset();
	if (turn !== undefined) sandbox.addFaults(turn);
	const wanted: Wanted[] = [];
	for (const [index, { kind, faultCase: wrong }] of items.entries()) {
		const before = wanted.at(-1);
		if (kind === 'sameAgain' && before !== undefined) {
			wanted.push(before);
			continue;
		}
		const id = kind === 'refused' ? `../${index}` : `${kind}-${index}`;
		if (kind === 'project') sandbox.projects.create({ id });
		if (wrong !== undefined) sandbox.addFaults({ id, times: wrong.times, fault: wrong.fault });
		wanted.push({ id, existed: kind === 'project' });
	}
	return wanted;
}

it(`tells the truth about ${batches} random batches`, async () => {
	await fc.assert(
		fc.asyncProperty(
			batch,
			async ({ mode, items, maxParallelRequests, turnOfEvents: turn, rateLimit: limit }) => {
				const wanted = prepare(items, turn);
				sandbox.limitRate(limit);
				const disagreements = await tryBatch(sandbox, wanted, mode, {
					options: { maxParallelRequests },
				});
				const faults = items
					.map(({ faultCase: one }) => one?.name)
					.filter((name) => name !== undefined);
				tally.add(faults, wanted.length, disagreements);
				expect(disagreements).toEqual([]);
				expect(sandbox.highestInFlight).toBeLessThanOrEqual(maxParallelRequests);
			},
		),
		{ numRuns: batches, interruptAfterTimeLimit: undefined, endOnFailure: true },
	);
});
