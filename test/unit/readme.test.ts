import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MagicHourApi } from '../../credentials/MagicHourApi.credentials';
import { MagicHour } from '../../nodes/MagicHour/MagicHour.node.js';
import { MagicHourTrigger } from '../../nodes/MagicHour/MagicHourTrigger.node.js';
import { homepage } from '../../package.json';
import { withOperations } from '../readme/table';

const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');

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
		const headings = [...readme.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
		expect(headings.map(fragmentOf)).toContain(fragment);
	});
});

/** @returns the fragment of a URL by which GitHub leads to a heading */
function fragmentOf(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\w\s-]/g, '')
		.replaceAll(' ', '-');
}
