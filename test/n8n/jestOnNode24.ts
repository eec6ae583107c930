import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { findNode } from './install';

/** Runs Jest with Node.js 24, and hands its parameters on. What a test starts has that Node.js, too. */
async function main(): Promise<void> {
	const node = await findNode(24, (line) => process.stderr.write(`${line}\n`));
	const path = dirname(node) + delimiter + (process.env.PATH ?? '');
	const jest = require.resolve('jest/bin/jest');
	const child = spawn(node, [jest, ...process.argv.slice(2)], {
		stdio: 'inherit',
		env: { ...process.env, PATH: path },
	});
	child.once('error', (error) => process.stderr.write(`${error.message}\n`));
	child.once('close', (code) => {
		process.exitCode = code ?? 1;
	});
}

void main();
