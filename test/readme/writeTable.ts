import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MagicHour } from '../../nodes/MagicHour/MagicHour.node.js';
import { withOperations } from './table';

const file = join(__dirname, '../../README.md');

async function main(): Promise<void> {
	const readme = readFileSync(file, 'utf8');
	const written = await withOperations(readme, new MagicHour().description);
	writeFileSync(file, written);
	console.log(
		written === readme
			? "The README's operations are up to date."
			: "Updated the README's operations.",
	);
}

void main();
