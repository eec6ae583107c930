import { cutText } from '../../nodes/MagicHour/http/foreignData';
import type { Finding } from './assumption';

const maxCell = 90;
const headings = ['Check', 'Expected', 'Found', 'Same'];

/** @returns the findings as a table of plain text, and which files hold what differs */
export function toTable(findings: Finding[]): string {
	const rows = [
		headings,
		...findings.map(({ what, assumed, seen, same }) => [
			what,
			assumed,
			cutText(oneLine(seen), maxCell),
			same ? 'yes' : 'NO',
		]),
	];
	const widths = headings.map((_, column) =>
		Math.max(...rows.map((row) => (row[column] ?? '').length)),
	);
	const lines = rows.map((row) =>
		row
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join('  ')
			.trimEnd(),
	);
	const rule = widths.map((width) => '-'.repeat(width)).join('  ');
	return [lines[0], rule, ...lines.slice(1)].join('\n');
}

/** @returns what differs, with the file that holds the assumption */
export function describeDifferences(findings: Finding[]): string {
	const differing = findings.filter(({ same }) => !same);
	if (differing.length === 0)
		return `All ${findings.length} checks found what this package expects.`;
	return [
		`${differing.length} of ${findings.length} checks found something other than this package expects:`,
		...differing.map(
			({ what, assumed, seen, file }) =>
				`- ${file}\n  ${what}: expected ${assumed}; found ${oneLine(seen)}`,
		),
	].join('\n');
}

function oneLine(text: string): string {
	return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
