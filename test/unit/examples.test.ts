import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowFile, WorkflowNode } from '../n8n/client';
import { projectsOfExamples } from '../start/examples';

const folder = join(__dirname, '../../examples');
const examples = readdirSync(folder).map((fileName) => ({
	fileName,
	file: JSON.parse(readFileSync(join(folder, fileName), 'utf8')) as WorkflowFile,
}));

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

	it('has notes, which cover neither a node nor each other', () => {
		const notes = file.nodes.filter(isNote);
		expect(notes.length).toBeGreaterThan(0);
		for (const note of notes) {
			const { content } = note.parameters as { content: string };
			expect(content.length).toBeLessThan(200);
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
	it('name no project of one another', () => {
		const each = examples.flatMap(({ file }) => projectsOfExamples([file]));
		expect(new Set(each).size).toBe(each.length);
		expect(each.length).toBeGreaterThan(4);
	});

	it('are told in the README, each once at least', () => {
		const readme = readFileSync(join(folder, '../README.md'), 'utf8');
		for (const { fileName } of examples) expect(readme).toContain(`(examples/${fileName})`);
	});
});

function isNote({ type }: WorkflowNode): boolean {
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
