import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MagicHourApi } from '../../credentials/MagicHourApi.credentials';
import { MagicHour } from '../../nodes/MagicHour/MagicHour.node.js';
import { MagicHourTrigger } from '../../nodes/MagicHour/MagicHourTrigger.node.js';
import { homepage } from '../../package.json';
import { withOperations } from '../readme/table';

const root = join(__dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

describe('the README', () => {
	it('has the operations of the node, as npm run readme writes them', async () => {
		expect(readme).toBe(await withOperations(readme, new MagicHour().description));
	});

	it('is told from the node: another sentence there is another sentence here', async () => {
		const { properties } = new MagicHour().description;
		const changed = await withOperations(readme, {
			properties: JSON.parse(
				JSON.stringify(properties).replaceAll(
					'Retrieve your credit balance, plan, and subscription',
					'Tell one | from the other',
				),
			),
		});
		expect(changed).toContain('| Tell one \\| from the other');
		expect(changed).not.toBe(readme);
	});

	it('is left alone where the marks of the table are missing', async () => {
		const { description } = new MagicHour();
		await expect(withOperations('# Nothing', description)).rejects.toThrow(
			'must have <!-- operations --> exactly once',
		);
	});

	it.each([
		['the node', new MagicHour().description],
		['the trigger', new MagicHourTrigger().description],
		['the credential', new MagicHourApi()],
	])('has the heading that the Docs link of %s leads to', (_, { documentationUrl = '' }) => {
		const [page, fragment] = documentationUrl.split('#');
		expect(page).toBe(homepage.split('#')[0]);
		expect(fragmentsOf(readme)).toContain(fragment);
	});

	it('lists each of its sections in its contents', () => {
		const [, contents = ''] = /^\*\*Contents:\*\* (.*)$/m.exec(readme) ?? [];
		const listed = [...contents.matchAll(/\[(.*?)\]\(#.*?\)/g)].map(([, name]) => name);
		expect(listed).toEqual([...readme.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading));
	});

	it('has a row and a picture for each example', () => {
		const linked = [...readme.matchAll(/^\|.*\]\(examples\/(.*?)\.json\)/gm)].map(
			([, name]) => name,
		);
		const pictures = [...readme.matchAll(/docs\/images\/examples\/(.*?)\.png/g)].map(
			([, name]) => name,
		);
		const examples = readdirSync(join(root, 'examples')).map((name) => name.replace('.json', ''));
		expect([...new Set(linked)].sort()).toEqual(examples.sort());
		expect([...new Set(pictures)].sort()).toEqual(examples);
	});
});

describe.each([
	'README.md',
	'CONTRIBUTING.md',
	...readdirSync(join(root, 'docs'))
		.filter((name) => name.endsWith('.md'))
		.map((name) => `docs/${name}`),
])('%s', (file) => {
	it('links to files and headings that exist', () => {
		const text = readFileSync(join(root, file), 'utf8');
		const links = [
			...[...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link),
			...[...text.matchAll(/(?:src|srcset)="([^"]+)"/g)].map(([, link = '']) => link),
		].filter((link) => !/^https?:/.test(link));
		const broken = links.filter((link) => {
			const [path = '', fragment] = link.split('#');
			const target = path === '' ? join(root, file) : join(root, dirname(file), path);
			if (!existsSync(target)) return true;
			return (
				fragment !== undefined && !fragmentsOf(readFileSync(target, 'utf8')).includes(fragment)
			);
		});
		expect(broken).toEqual([]);
	});
});

/** @returns the fragments of the URLs by which GitHub leads to the headings of a text */
function fragmentsOf(text: string): string[] {
	return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => fragmentOf(heading));
}

/** @returns the fragment of a URL by which GitHub leads to a heading */
function fragmentOf(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\w\s-]/g, '')
		.replaceAll(' ', '-');
}
