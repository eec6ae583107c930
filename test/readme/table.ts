import { format } from 'prettier/standalone';
import * as markdown from 'prettier/plugins/markdown';
import type { INodeTypeDescription } from 'n8n-workflow';
import { operationsOf } from '../description/operations';

const start = '<!-- operations -->';
const end = '<!-- /operations -->';

/**
 * Puts the table of all operations, as the node's description has them, between the README's marks.
 *
 * @returns the README with it, formatted as `npm run format` leaves it
 * @throws Error where the README has no such marks
 */
export async function withOperations(
	readme: string,
	description: Pick<INodeTypeDescription, 'properties'>,
): Promise<string> {
	const [before, rest] = splitAt(readme, start);
	const [, after] = splitAt(rest, end);
	const table = await format(tableOf(description), { parser: 'markdown', plugins: [markdown] });
	return `${before}${start}\n\n${table}\n${end}${after}`;
}

function splitAt(text: string, mark: string): [before: string, after: string] {
	const [before, after, ...others] = text.split(mark);
	if (before === undefined || after === undefined || others.length > 0) {
		throw new Error(`The README must have ${mark} exactly once`);
	}
	return [before, after];
}

/** Each resource is named in the first of its rows. */
function tableOf(description: Pick<INodeTypeDescription, 'properties'>): string {
	let named = '';
	const rows = operationsOf(description).map(({ resource, option }) => {
		const cell = resource === named ? '' : `**${resource}**`;
		named = resource;
		return [cell, `**${option.name}**`, option.description ?? option.action ?? ''];
	});
	return [['Resource', 'Operation', 'What it does'], ['-', '-', '-'], ...rows]
		.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
		.join('\n');
}
