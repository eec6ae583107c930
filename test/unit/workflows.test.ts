import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { required } from '../required';

const folder = join(__dirname, '../../.github/workflows');
const files = readdirSync(folder).map((name) => ({
	name,
	text: readFileSync(join(folder, name), 'utf8'),
}));

/** The text of each job of a workflow, by its name. */
function jobsOf(fileName: string): Record<string, string> {
	const { text } = required(
		files.find(({ name }) => name === fileName),
		fileName,
	);
	const [, jobs = ''] = text.split(/^jobs:$/m);
	const [, ...parts] = jobs.split(/^ {2}([\w-]+):$/m);
	return Object.fromEntries(
		parts.flatMap((name, index) => (index % 2 === 0 ? [[name, parts[index + 1] ?? '']] : [])),
	);
}

describe('the workflows of GitHub', () => {
	it('name every action by a commit, and say which version that is', () => {
		const uses = files.flatMap(({ text }) =>
			[...text.matchAll(/\buses: *(.*)$/gm)].map(([, action = '']) => action),
		);
		const foreign = uses.filter((action) => !action.startsWith('./'));
		expect(foreign.length).toBeGreaterThan(4);
		for (const action of foreign) {
			expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
		}
	});

	it('may only read, but for what each job is for', () => {
		for (const { text } of files) {
			const [head = '', jobs = ''] = text.split(/^jobs:$/m);
			expect(head).toMatch(/^permissions:\n {2}contents: read\n\n/m);
			expect(jobs).not.toMatch(/: *write-all/);
		}
		const writers = files.flatMap(({ name }) =>
			Object.entries(jobsOf(name)).flatMap(([job, text]) =>
				[...text.matchAll(/([\w-]+): *write/g)].map(([, right]) => [name, job, right]),
			),
		);
		expect(writers).toEqual([
			['api-drift.yml', 'compare', 'issues'],
			['publish.yml', 'publish', 'id-token'],
		]);
	});

	it('show the token that may write to no step that runs code of a dependency', () => {
		const { compare = '' } = jobsOf('api-drift.yml');
		const steps = compare.split(/^ {6}- /m).filter((step) => step.includes('github.token'));
		expect(steps).toHaveLength(1);
		expect(steps[0]).not.toMatch(/^ *(npm|npx|node|bash)\b/m);
		expect(compare).toContain('persist-credentials: false');
	});

	it('run no code but npm in the job that publishes', () => {
		const publish = required(jobsOf('publish.yml').publish, 'publish');
		const actions = [...publish.matchAll(/\buses: *([\w-]+\/[\w-]+)/g)].map(([, name]) => name);
		expect(actions).toEqual(['actions/setup-node', 'actions/download-artifact']);
		const commands = [...publish.matchAll(/\brun: *(.*)$/gm)].map(([, command]) => command);
		expect(commands).toEqual([expect.stringMatching(/^npm publish .* --ignore-scripts/)]);
		expect(publish).not.toContain('cache:');
	});

	it('publish what the CI has built, tested and checked, from a commit of main', () => {
		const { publish = '', tag = '', ci = '' } = jobsOf('publish.yml');
		expect(publish).toContain('needs: [ci, tag]');
		expect(ci).toContain('uses: ./.github/workflows/ci.yml');
		expect(tag).toContain('fetch-depth: 0');
		expect(tag).toContain('run: git merge-base --is-ancestor "$GITHUB_SHA" origin/main');
		const { test = '' } = jobsOf('ci.yml');
		const inOrder = ['npm run build', 'npm test', 'bash .ci/check-package', 'npm pack'];
		expect([...inOrder].sort((a, b) => test.indexOf(a) - test.indexOf(b))).toEqual(inOrder);
		for (const command of inOrder) expect(test).toContain(`run: ${command}\n`);
	});
});
