import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowFile, WorkflowNode } from '../n8n/client';
import { projectsOfExamples } from '../start/examples';

const folder = join(__dirname, '../../examples');
const examples = readdirSync(folder).map((fileName) => ({
	fileName,
	file: JSON.parse(readFileSync(join(folder, fileName), 'utf8')) as WorkflowFile,
}));

/** What the notes name beside nodes: their own headings, operations, options, and fields. */
const otherNames = [
	'What to set',
	'Cost',
	'Account → Get',
	'Options → Max Credits per Run',
	'Webhook Secret',
	'Dry Run',
];

interface Box {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

describe.each(examples)('the example $fileName', ({ file }) => {
	it('describes to the model each value that it fills in', () => {
		const calls = JSON.stringify(file.nodes).match(/\$fromAI\([^)]*\)?/g) ?? [];
		for (const call of calls) {
			expect(call).toMatch(/^\$fromAI\('\w+', '[^']{20,}', '(string|number|boolean|json)'\)$/);
		}
		const tools = file.nodes.filter(({ type }) => type.endsWith('.magicHourTool'));
		expect(calls).toHaveLength(tools.length);
	});

	it('needs no disk, and no credential but those of Magic Hour and a model', () => {
		for (const { type, credentials } of file.nodes) {
			expect(type).not.toMatch(/readWriteFile|executeCommand|gmail|slack|telegram/i);
			expect(credentials).toBeUndefined();
		}
	});

	it('has one note that says what it does, what to set, and what a run costs', () => {
		const [about, ...others] = file.nodes.filter(({ name }) => name === 'About').map(contentOf);
		expect(others).toEqual([]);
		expect(about).toMatch(
			/^## .+\n.+\.\n\n\*\*What to set\*\*\n(\d\. .+\.\n){2,}\n\*\*Cost\*\*\n.+\.$/,
		);
		expect(about).toMatch(/^1\. Select your Magic Hour credential in /m);
		expect(about).toMatch(/\bcredits?\b/);
		expect(about?.length).toBeLessThan(800);
	});

	it('writes of nodes by the names that they have', () => {
		const names = file.nodes.map(({ name }) => name);
		const inExpressions = JSON.stringify(file).matchAll(/\$\('(.+?)'\)/g);
		for (const [, name = ''] of inExpressions) expect(names).toContain(name);
		for (const [name, outputs] of Object.entries(file.connections)) {
			const targets = [...JSON.stringify(outputs).matchAll(/"node":"(.+?)"/g)];
			for (const one of [name, ...targets.map(([, target]) => target)])
				expect(names).toContain(one);
		}
		const set = file.nodes
			.filter(({ name }) => name === 'About')
			.flatMap((note) => [...contentOf(note).matchAll(/\*\*(.+?)\*\*/g)].map(([, text]) => text));
		const known = [...names, ...otherNames];
		expect(set.filter((name = '') => !known.includes(name))).toEqual([]);
	});

	it('names its nodes in sentence case, by what they do', () => {
		for (const { name, type } of file.nodes) {
			if (isNote({ type })) continue;
			const ownNames = ['AI Agent', 'OpenAI Chat Model'];
			if (ownNames.includes(name)) continue;
			expect(name).toMatch(/^[A-Z][a-z]+ [^A-Z]*(‘Execute workflow’)?(URL)?$/);
		}
	});

	it('has notes, which cover neither a node nor each other', () => {
		const notes = file.nodes.filter(isNote);
		expect(notes.length).toBeGreaterThan(1);
		for (const note of notes) {
			if (note.name !== 'About') expect(contentOf(note).length).toBeLessThan(200);
			for (const other of file.nodes) {
				if (other === note) continue;
				const found = { note: note.name, other: other.name, overlaps: overlap(note, other) };
				expect(found).toEqual({ ...found, overlaps: false });
			}
		}
	});

	it('names its nodes and their IDs once', () => {
		for (const key of ['id', 'name'] as const) {
			const values = file.nodes.map((node) => node[key]);
			expect(new Set(values).size).toBe(values.length);
		}
	});
});

describe('the examples', () => {
	it('wait so long that n8n stores the execution, instead of keeping a worker for it', () => {
		const waits = examples
			.flatMap(({ file }) => file.nodes)
			.filter(({ type }) => type === 'n8n-nodes-base.wait');
		expect(waits.length).toBeGreaterThan(0);
		for (const { parameters } of waits) {
			const { amount, unit } = parameters as { amount: number; unit: string };
			expect(unit).toBe('seconds');
			expect(amount).toBeGreaterThanOrEqual(65);
		}
	});

	it('name no project of one another', () => {
		const each = examples.flatMap(({ file }) => projectsOfExamples([file]));
		expect(new Set(each).size).toBe(each.length);
		expect(each.length).toBeGreaterThan(4);
	});

	it('are told in the README, each once at least', () => {
		const readme = readFileSync(join(folder, '../README.md'), 'utf8');
		const untold = examples.filter(({ fileName }) => !readme.includes(`(examples/${fileName})`));
		expect(untold.map(({ fileName }) => fileName)).toEqual([]);
	});
});

function contentOf({ parameters }: WorkflowNode): string {
	return (parameters as { content: string }).content;
}

function isNote({ type }: Pick<WorkflowNode, 'type'>): boolean {
	return type === 'n8n-nodes-base.stickyNote';
}

function overlap(first: WorkflowNode, second: WorkflowNode): boolean {
	const [a, b] = [boxOf(first), boxOf(second)];
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** @returns what a node takes of the canvas, with the plus behind it, and its name and subtitle below */
function boxOf(node: WorkflowNode): Box {
	const [x, y] = node.position;
	if (isNote(node)) {
		const { width, height } = node.parameters as { width: number; height: number };
		return { left: x, top: y, right: x + width, bottom: y + height };
	}
	const isWide = /\.agent$|HitlTool$/.test(node.type);
	return isWide
		? { left: x, top: y, right: x + 256, bottom: y + 110 }
		: { left: x - 30, top: y, right: x + 170, bottom: y + 150 };
}
