import fc from 'fast-check';
import type { INodeExecutionData } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox/sandbox';
import type { Fault, FaultRule } from '../sandbox/faults';
import type { Project } from '../sandbox/projects';
import { findBudgetDiscrepancies, roomOf, type BudgetRun } from './budgetDiscrepancies';
import { magicHour } from './engine';
import { runMagicHour, type NodeSettings } from './magicHour';
import { useVirtualTime } from './time';
import { required } from '../required';

const mostItems = 30;
const highestPrice = 12;

useVirtualTime();

let sandbox: Sandbox;
const tries: number[] = [];
const execute = required(magicHour.execute, 'execute of the node');
beforeAll(async () => {
	sandbox = await startSandbox();
	magicHour.execute = async function () {
		tries.push(sandbox.requests.length);
		return await execute.call(this);
	};
});
afterAll(async () => {
	magicHour.execute = execute;
	await sandbox.close();
});

/** What becomes of an item. */
interface RandomItem {
	price: number;
	/** What goes wrong with the request that creates its project. */
	fault?: FaultRule;
	outcome: Project['outcome'];
}

const price = fc.nat(highestPrice);
const body = { message: 'No' };
const rejections: Fault[] = [400, 402, 422].map((status) => ({ answer: { status, body } }));
const unclearFaults: Fault[] = [true, false].flatMap((afterProcessing) => [
	{ afterProcessing, answer: { status: 500, body } },
	{ afterProcessing, answer: { status: 503, body } },
	{ afterProcessing, reset: true },
	{ afterProcessing, cutOff: true, answer: { status: 200, body } },
	{ afterProcessing, answer: { status: 200, body } },
]);
const creationFault = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({
			fault: fc.constantFrom<Fault>(...rejections, { refused: true }),
			// A later try often gets further than the first.
			times: fc.constantFrom(1, 1, 10),
		}),
	},
	{
		weight: 4,
		arbitrary: fc.record({
			fault: fc.constantFrom<Fault>(
				{ answer: { status: 429, body } },
				{ answer: { status: 429, body, headers: { 'retry-after': '2' } } },
			),
			times: fc.integer({ min: 1, max: 2 }),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({ fault: fc.constantFrom(...unclearFaults), times: fc.constant(1) }),
	},
);
const faultyItem: fc.Arbitrary<RandomItem> = fc.record(
	{
		price,
		fault: fc.option(creationFault, { freq: 3, nil: undefined }),
		outcome: fc.constantFrom('complete', 'complete', 'error', 'error', 'canceled'),
	},
	{ requiredKeys: ['price', 'outcome'] },
);
const soundItem: fc.Arbitrary<RandomItem> = fc.record({ price, outcome: fc.constant('complete') });
const someItems = (item: fc.Arbitrary<RandomItem>) =>
	fc.array(item, { minLength: 1, maxLength: mostItems, size: 'max' });
/** n8n tries again only if the first item fails, where a failure does not stop the run. */
const itemsThatFail = fc.oneof(
	someItems(faultyItem),
	fc
		.tuple(faultyItem, someItems(faultyItem), fc.constantFrom(...rejections))
		.map(([first, others, fault]) => [{ ...first, fault: { fault, times: 1 } }, ...others]),
);

/** Faults of other requests, by the order in which these arrive. */
const skipTimes = { skip: fc.nat(10), times: fc.integer({ min: 1, max: 3 }) };
const failure = fc.constantFrom<Fault>(
	{ answer: { status: 403, body } },
	{ answer: { status: 503, body } },
	{ reset: true },
);
const otherFault: fc.Arbitrary<FaultRule> = fc.oneof(
	fc.record({
		...skipTimes,
		method: fc.constant('PUT'),
		path: fc.constant('/uploads/'),
		fault: failure,
	}),
	fc.record({ ...skipTimes, endpoint: fc.constant('/v1/files/upload-urls'), fault: failure }),
	fc.record({ ...skipTimes, endpoint: fc.constant('/v1/image-projects'), fault: failure }),
	fc.record({ times: skipTimes.times, endpoint: fc.constant('/v1/account'), fault: failure }),
);
/** Lets requests overtake each other, in real milliseconds. */
const delay = fc.record({
	skip: fc.nat(3),
	times: fc.constant(1),
	method: fc.constantFrom('POST', 'GET'),
	fault: fc.record({ delay: fc.integer({ min: 1, max: 4 }) }),
});
const uploadDelay = delay.map((rule) => ({ ...rule, method: 'PUT', path: '/uploads/' }));
const delays = fc.array(fc.oneof(delay, uploadDelay), { maxLength: 6 });

/** 0 and what one project costs are more likely than by chance. */
const room = fc.oneof(fc.nat(10 * highestPrice), fc.nat(highestPrice), fc.constant(0));

/** @param minimums what the account must keep at least */
function settingsWith(...minimums: number[]) {
	const minCredits = fc.constantFrom(...minimums);
	return fc.record({
		limits: fc.oneof(
			fc.record({ maxCredits: room }),
			fc.record({ minCredits, accountRoom: room }),
			fc.record({ maxCredits: room, minCredits, accountRoom: room }),
		),
		maxParallelRequests: fc.integer({ min: 1, max: 20 }),
		output: fc.constantFrom('projectId', 'completedProject', 'completedProject'),
		uploads: fc.boolean(),
		onError: fc.constantFrom<NodeSettings['onError']>(
			'stopWorkflow',
			'continueRegularOutput',
			'continueErrorOutput',
		),
		maxTries: fc.integer({ min: 1, max: 3 }),
		delays,
	});
}

/** An account that keeps nothing may have too few credits for a project, which Magic Hour then refuses. */
const anySettings = settingsWith(0, 1_000);
const ampleSettings = settingsWith(1_000);
type Settings = typeof anySettings extends fc.Arbitrary<infer Value> ? Value : never;

interface RandomLimits {
	maxCredits?: number;
	minCredits?: number;
	/** By how much the account has more than the minimum. */
	accountRoom?: number;
}

/** Generates an image for each item, or removes the background of one. */
async function generate(
	items: RandomItem[],
	faults: FaultRule[],
	{ delays: slow, uploads, output, onError, maxTries, maxParallelRequests, ...setting }: Settings,
): Promise<BudgetRun> {
	const { maxCredits, minCredits, accountRoom = 100_000 }: RandomLimits = setting.limits;
	const names = items.map((_, index) => `project of item ${index}`);
	const itemOf = ({ name }: { name?: unknown }) =>
		required(items[names.indexOf(String(name))], `item of "${String(name)}"`);
	sandbox.reset();
	tries.length = 0;
	sandbox.priceOf = (request) => itemOf(request).price;
	sandbox.outcomeOf = (request) => itemOf(request).outcome;
	sandbox.credits = (minCredits ?? 0) + accountRoom;
	const { credits } = sandbox;
	for (const [index, { fault }] of items.entries()) {
		if (fault !== undefined) sandbox.addFaults({ ...fault, name: names[index] });
	}
	sandbox.addFaults(...faults, ...slow);

	const input = names.map((name): INodeExecutionData => {
		const data = Buffer.from(`picture of the ${name}`).toString('base64');
		const picture = { data, fileName: `${name}.png`, mimeType: 'image/png' };
		return { json: { name }, ...(uploads ? { binary: { picture } } : {}) };
	});
	const result = await runMagicHour(
		sandbox,
		'imageProject',
		uploads ? 'removeBackground' : 'generate',
		input,
		{
			parameters: { output, ...(uploads ? { image: 'picture' } : { prompt: 'A lighthouse' }) },
			options: {
				name: '={{ $json.name }}',
				maxParallelRequests,
				...(maxCredits === undefined ? {} : { maxCreditsPerRun: maxCredits }),
				...(minCredits === undefined ? {} : { minCreditsToKeep: minCredits }),
			},
			onError,
			retryOnFail: maxTries > 1,
			maxTries,
		},
	);
	const refused = items.flatMap(({ fault }, index) =>
		fault?.fault.refused === true ? [String(names[index])] : [],
	);
	return {
		...{ result, names, maxCredits, minCredits, credits, tries: [...tries] },
		requests: [...sandbox.requests],
		ledger: sandbox.projects.ledger(),
		refusedConnections: new Set(refused),
	};
}

async function check(run: BudgetRun, { maxParallelRequests }: Settings): Promise<void> {
	expect(findBudgetDiscrepancies(run)).toEqual([]);
	expect(sandbox.highestInFlight).toBeLessThanOrEqual(maxParallelRequests);
}

const runs = { numRuns: 50 };
const moreRuns = { numRuns: 120 };
/** Far more than it takes: where a test that fails is cut short, the next begins beside it. */
const timeout = 240_000;

it(
	'holds the limits of random runs in which requests fail',
	async () => {
		const faults = fc.array(otherFault, { maxLength: 2 });
		await fc.assert(
			fc.asyncProperty(itemsThatFail, faults, anySettings, async (items, others, setting) => {
				await check(await generate(items, others, setting), setting);
			}),
			moreRuns,
		);
	},
	timeout,
);

it(
	'refuses no project of any price that the limits leave room for',
	async () => {
		await fc.assert(
			fc.asyncProperty(someItems(soundItem), ampleSettings, async (items, setting) => {
				const run = await generate(items, [], setting);
				await check(run, setting);
				const prices = run.ledger.map(({ credits }) => credits);
				const sum = prices.reduce((total, one) => total + one, 0);
				if (prices.length === 0) expect(roomOf(run)).toBeLessThanOrEqual(0);
				else if (prices.length < items.length) {
					expect(sum + Math.max(...prices)).toBeGreaterThan(roomOf(run));
				}
			}),
			runs,
		);
	},
	timeout,
);

it(
	'creates as many projects of the same price as the limits leave room for',
	async () => {
		const counts = fc.integer({ min: 1, max: mostItems });
		await fc.assert(
			fc.asyncProperty(counts, price, ampleSettings, async (count, samePrice, setting) => {
				const item: RandomItem = { price: samePrice, outcome: 'complete' };
				const run = await generate(Array<RandomItem>(count).fill(item), [], setting);
				await check(run, setting);
				const fitting = Math.max(1, Math.floor(roomOf(run) / samePrice));
				const wanted = samePrice === 0 ? count : Math.min(count, fitting);
				expect(run.ledger).toHaveLength(roomOf(run) > 0 ? wanted : 0);
				// No file is uploaded for an item that is refused.
				const uploads = run.requests.filter(({ method }) => method === 'PUT');
				expect(uploads).toHaveLength(setting.uploads ? run.ledger.length : 0);
			}),
			runs,
		);
	},
	timeout,
);
