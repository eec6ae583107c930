import { startSandbox, type Sandbox } from '../sandbox/sandbox';
import { tryBatch } from './batch';
import {
	bodyCases,
	echoCases,
	largeCases,
	lostCases,
	recoveringCases,
	retryAfterCases,
	ruleFor,
	stallCases,
	statusCases,
	statuses,
	telling,
	type FaultCase,
} from './cases';
import type { Wanted } from './claims';
import { goingOnModes, modes, stoppingModes } from './modes';
import { apiKey, listen } from './secrets';
import { Tally } from './tally';

const timeout = 400;

let sandbox: Sandbox;
let stopListening: () => string | undefined;
const tally = new Tally('matrix');

beforeAll(async () => {
	sandbox = await startSandbox({ apiKey });
});
beforeEach(() => {
	sandbox.reset();
	stopListening = listen();
});
afterEach(() => expect(stopListening()).toBeUndefined());
afterAll(async () => {
	tally.publish();
	await sandbox.close();
});

/** Makes a project for each fault, which is shown to who asks for the project. */
function prepare(cases: FaultCase[]): Wanted[] {
	return cases.map((faultCase, index) => {
		const id = sandbox.projects.create({ id: `project-${index}` });
		sandbox.addFaults(ruleFor(id, faultCase));
		return { id, existed: true };
	});
}

/** Makes disagreements readable: they name the item by its number, and this by its fault. */
function named(cases: FaultCase[], disagreements: string[]): string[] {
	return disagreements.map((text) =>
		text.replace(/item (\d+)/, (_, index) => `item ${index}, ${cases[Number(index)]?.name}`),
	);
}

const everyCase = [
	...statusCases,
	...bodyCases,
	...largeCases(telling),
	...echoCases(apiKey).filter((_, index) => index % 7 === 0),
	...lostCases,
	...recoveringCases,
	...retryAfterCases(),
];

describe.each(goingOnModes)('with $name', (mode) => {
	it('says of every item what became of it', async () => {
		const wanted = prepare(everyCase);
		const disagreements = named(everyCase, await tryBatch(sandbox, wanted, mode));
		tally.add(
			everyCase.map(({ name }) => name),
			wanted.length,
			disagreements,
		);
		expect(disagreements).toEqual([]);
	});
});

describe.each(stoppingModes)('with $name', (mode) => {
	const sandboxes: Sandbox[] = [];
	beforeAll(async () => {
		for (let count = 0; count < 40; count++) sandboxes.push(await startSandbox({ apiKey }));
	});
	afterAll(async () => await Promise.all(sandboxes.map(async (own) => await own.close())));

	it('says of every batch what became of it', async () => {
		const cases = [
			...statusCases,
			...bodyCases.filter(({ name }) => telling.some((status) => name.startsWith(`${status} `))),
			...lostCases,
			...recoveringCases,
			...retryAfterCases(),
		];
		const found: string[] = [];
		const left = cases.values();
		await Promise.all(
			sandboxes.map(async (own) => {
				for (const faultCase of left) {
					own.reset();
					const wanted = ['before', 'faulty', 'after'].map((id) => ({ id, existed: true }));
					for (const { id } of wanted) own.projects.create({ id });
					own.addFaults(ruleFor('faulty', faultCase));
					const disagreements = await tryBatch(own, wanted, mode, {
						options: { maxParallelRequests: 1 },
					});
					tally.add([faultCase.name], wanted.length, disagreements);
					found.push(...disagreements.map((text) => `${faultCase.name}: ${text}`));
				}
			}),
		);
		expect(found).toEqual([]);
	});
});

describe.each(modes)('with $name and a time-out', (mode) => {
	it.each(stallCases)('tells of $name', async (faultCase) => {
		const wanted = prepare([faultCase]);
		const disagreements = await tryBatch(sandbox, wanted, mode, { requestOptions: { timeout } });
		tally.add([faultCase.name], 1, disagreements);
		expect(disagreements).toEqual([]);
	});
});

it('reads large answers of every status', async () => {
	const cases = largeCases(statuses);
	const wanted = prepare(cases);
	const disagreements = named(cases, await tryBatch(sandbox, wanted, goingOnModes[0]));
	tally.add(
		cases.map(({ name }) => name),
		wanted.length,
		disagreements,
	);
	expect(disagreements).toEqual([]);
});

it('gives no echo of the API key away', async () => {
	const cases = echoCases(apiKey);
	const wanted = prepare(cases);
	const disagreements = named(cases, await tryBatch(sandbox, wanted, goingOnModes[0]));
	tally.add(
		cases.map(({ name }) => name),
		wanted.length,
		disagreements,
	);
	expect(disagreements).toEqual([]);
});
