const { readdirSync, readFileSync, rmSync } = require('node:fs');
const { join } = require('node:path');

const columns = ['part', 'faults tried', 'runs', 'items', 'discrepancies'];

/** Ends the suite with a table of what its test files have tried. */
module.exports = class TableReporter {
	onRunComplete() {
		const folder = process.env.TALLY_FOLDER;
		const tallies = readdirSync(folder).map((name) =>
			JSON.parse(readFileSync(join(folder, name), 'utf8')),
		);
		rmSync(folder, { recursive: true });
		const numbers = (tally) => [tally.faults, tally.runs, tally.items, tally.discrepancies];
		const sums = tallies
			.map(numbers)
			.reduce((sum, row) => sum.map((n, i) => n + row[i]), [0, 0, 0, 0]);
		const rows = [
			columns,
			...tallies.map((tally) => [tally.part, ...numbers(tally)]),
			['all', ...sums],
		];
		const widths = columns.map((_, i) => Math.max(...rows.map((row) => String(row[i]).length)));
		const line = (row) =>
			row.map((cell, i) =>
				i === 0 ? String(cell).padEnd(widths[i]) : String(cell).padStart(widths[i]),
			);
		process.stderr.write(`\n${rows.map((row) => line(row).join('  ')).join('\n')}\n`);
	}
};
