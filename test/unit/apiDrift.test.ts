import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { documentOfNode, put } from '../api/documentOfNode';
import { required } from '../required';

const root = join(__dirname, '../..');
const document = 'https://magichour.ai/openapi.json';
const maxBody = 65_536;

/** The scripts of the workflow's steps, in order. */
const [install, compare, report] = scriptsOf('api-drift.yml');

/** Stands for GitHub's command line, with one repository: a file for each issue, all of them open. */
const fakeGh = `#!/usr/bin/env bash
set -eu
cd "$FAKE_GH"
printf '%s\\n' "$*" >> calls.txt
while [ "\${1:-}" != "" ]; do
	case "$1" in --body-file) body="$RUNNER_TEMP/$2" ;; esac
	words="\${words:-}$1 "
	shift
done
case "$words" in
	'issue list --label api-drift --state open '*) ls issues | head -n 1 ;;
	'issue edit '*) number=\${words#issue edit }; cp "$body" "issues/\${number%% *}" ;;
	'issue create '*) cp "$body" "issues/$((7 + $(ls issues | wc -l)))" ;;
	'label create api-drift '*) ;;
	*) echo "unknown: $words" >&2; exit 1 ;;
esac
`;

let folder: string;
let differs: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'api-drift-'));
	mkdirSync(join(folder, 'issues'));
	writeFileSync(join(folder, 'gh'), fakeGh, { mode: 0o755 });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** @returns the scripts of a workflow's steps: one line, or an indented block */
function scriptsOf(fileName: string): string[] {
	const text = readFileSync(join(root, '.github/workflows', fileName), 'utf8');
	return [...text.matchAll(/^ +(?:- )?run: (?:\|\n((?: {10}.*\n|\n)+)|(.*)\n)/gm)].map(
		([, block, line]) => line ?? required(block, 'script').replace(/^ {10}/gm, ''),
	);
}

/** Runs a script as GitHub does. */
function run(script: string, env: Record<string, string> = {}) {
	return spawnSync('bash', ['-e', '-c', script], {
		cwd: root,
		encoding: 'utf8',
		env: {
			...process.env,
			PATH: `${folder}${delimiter}${process.env.PATH}`,
			FAKE_GH: folder,
			RUNNER_TEMP: folder,
			GITHUB_OUTPUT: join(folder, 'output.txt'),
			GH_TOKEN: 'a token',
			RUN_URL: 'https://github.com/a/b/actions/runs/1',
			...env,
		},
	});
}

/** Runs the workflow with a document in the place of the one that Magic Hour publishes. */
function runWorkflow(content: object | string) {
	const file = join(folder, 'openapi.json');
	writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
	writeFileSync(join(folder, 'output.txt'), '');
	const script = required(compare, 'script that compares');
	expect(script).toContain(`npm run --silent check:api -- ${document} `);
	const compared = run(script.replaceAll(document, `'${file}'`));
	if (compared.status !== 0) return compared;
	const output = readFileSync(join(folder, 'output.txt'), 'utf8');
	[, differs = ''] = required(/^differs=([01])\n$/.exec(output) ?? undefined, 'output');
	return runReport();
}

function runReport() {
	return run(required(report, 'script that reports'), { DIFFERS: differs });
}

function calls(): string[] {
	const text = readFileSync(join(folder, 'calls.txt'), 'utf8');
	return text.split('\n').map((line) => line.split(' ').slice(0, 2).join(' '));
}

function bodyOf(number: number): string {
	return readFileSync(join(folder, 'issues', String(number)), 'utf8');
}

/** @returns a document with a value that the node lacks */
function documentWith(value: string) {
	const whole = documentOfNode();
	const { schema } = required(whole.paths['/v1/files/upload-urls']?.post, 'route').requestBody
		.content['application/json'];
	put(schema, ['items[]', 'type'], { enum: ['image', 'video', 'audio', value] });
	return whole;
}

describe('the weekly comparison with the API', () => {
	it('runs every week and by hand, after npm ci', () => {
		const text = readFileSync(join(root, '.github/workflows/api-drift.yml'), 'utf8');
		expect(text).toMatch(/^ {4}- cron: '\d+ \d+ \* \* [0-6]'$/m);
		expect(text).toMatch(/^ {2}workflow_dispatch:$/m);
		expect(install).toBe('npm ci');
	});

	it('opens one issue with the report, and updates it until a person closes it', () => {
		expect(runWorkflow(documentWith('hologram'))).toMatchObject({ status: 0, stderr: '' });
		expect(calls()).toEqual(['issue list', 'label create', 'issue create', '']);
		expect(bodyOf(7)).toMatch(/^ {4}POST \/v1\/files\/upload-urls \(File → Upload\)$/m);
		expect(bodyOf(7)).toContain('Add to what the transport fills (`items[].type`): "hologram".');
		expect(bodyOf(7)).toMatch(/^ {4}Compared \d+ operations.*: 1 finding\.$/m);

		writeFileSync(join(folder, 'report.txt'), 'Another report\n');
		expect(runReport()).toMatchObject({ status: 0, stderr: '' });
		expect(calls().slice(3)).toEqual(['issue list', 'issue edit', '']);
		expect(bodyOf(7)).toContain('\n\n    Another report\n');
		expect(bodyOf(7)).not.toContain('"hologram"');

		expect(runWorkflow(documentOfNode())).toMatchObject({ status: 0, stderr: '' });
		expect(calls().slice(5)).toEqual(['issue list', 'issue edit', '']);
		expect(bodyOf(7)).toContain('the node is up to date');
	}, 60_000);

	it('opens none if the node is up to date', () => {
		differs = '0';

		expect(runReport()).toMatchObject({ status: 0, stderr: '' });
		expect(calls()).toEqual(['issue list', '']);
	});

	it('fails where the document cannot be read', () => {
		const result = runWorkflow('<html>');

		expect(result.status).toBe(2);
		expect(result.stderr).toContain('is not JSON');
		expect(() => calls()).toThrow('ENOENT');
	}, 60_000);
});

it.each([0, 1])('fails where the command ends with %i and has compared nothing', (status) => {
	writeFileSync(join(folder, 'npm'), `#!/bin/sh\nexit ${status}\n`, { mode: 0o755 });
	const result = runWorkflow('{}');

	expect(result.status).toBe(1);
	expect(() => calls()).toThrow('ENOENT');
});

describe('the body of the issue', () => {
	beforeEach(() => (differs = '1'));

	it('has the report as code, whatever the document has in it', () => {
		const hostile = 'POST /x (```\r@everyone <img src=x>\u0007)\n```\n# Title\n\n@somebody\n';
		writeFileSync(join(folder, 'report.txt'), hostile);

		expect(runReport()).toMatchObject({ status: 0, stderr: '' });
		const body = bodyOf(7);
		expect(body).toContain('\n\n    POST /x (```@everyone <img src=x>)\n    ```\n    # Title\n');
		for (const line of body.split('\n').filter((one) => /@|<img|^ *#/.test(one))) {
			expect(line).toMatch(/^ {4}/);
		}
		expect(body.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
	});

	it.each([59_995, 59_996, 59_997, 59_998, 100_000])(
		'is cut to what an issue can hold, between characters: %i',
		(length) => {
			writeFileSync(join(folder, 'report.txt'), `${'a'.repeat(length)}${'€'.repeat(10_000)}\n`);

			expect(runReport()).toMatchObject({ status: 0, stderr: '' });
			const body = bodyOf(7);
			expect(body.length).toBeLessThanOrEqual(maxBody);
			expect(Buffer.byteLength(body)).toBeGreaterThan(59_000);
			expect(body).not.toContain('\ufffd');
			expect(body).toContain('\n\nThe report is longer. Run the command to see the rest.\n');
			expect(body).toContain('Close the issue when the node is up to date.');
		},
	);
});
