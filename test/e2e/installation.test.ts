import { fetchWhenReady } from '../n8n/fetchWhenReady';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryFolder } from '../n8n/folders';
import { describeOnEachVersion } from './fixture';

interface NodeType {
	name: string;
	displayName: string;
	iconUrl?: { light: string; dark: string };
	codex?: { alias?: string[]; categories?: string[] };
}

describeOnEachVersion('the installed package', (fixture) => {
	it('is among the community nodes, in the version that was packed', async () => {
		const { n8n, packageName } = fixture();
		const manifest = JSON.parse(await readFile(join(repositoryFolder, 'package.json'), 'utf8')) as {
			version: string;
		};
		const listed = (await n8n.communityPackages()).find((entry) => {
			return entry.packageName === packageName;
		});
		expect(listed).toMatchObject({
			installedVersion: manifest.version,
			installedNodes: expect.arrayContaining([
				expect.objectContaining({ name: 'Magic Hour', type: 'n8n-nodes-magic-hour.magicHour' }),
				expect.objectContaining({
					name: 'Magic Hour Trigger',
					type: 'n8n-nodes-magic-hour.magicHourTrigger',
				}),
			]),
		});
		expect(listed?.installedNodes).toHaveLength(2);
		expect(listed?.failedLoading ?? false).toBe(false);
	});

	it('brings the nodes, and the tool that n8n makes of one', async () => {
		const nodeTypes = await fixture().n8n.nodeTypes();
		const ours = nodeTypes.filter(({ name }) => name.startsWith('n8n-nodes-magic-hour.'));
		expect(ours.map(({ name, displayName }) => [name, displayName])).toEqual([
			['n8n-nodes-magic-hour.magicHour', 'Magic Hour'],
			['n8n-nodes-magic-hour.magicHourTrigger', 'Magic Hour Trigger'],
			['n8n-nodes-magic-hour.magicHourTool', 'Magic Hour Tool'],
		]);
	});

	it('brings the credential', async () => {
		const types = await fixture().n8n.request<Array<{ name: string; displayName: string }>>(
			'GET',
			'/types/credentials.json',
		);
		expect(types.find(({ name }) => name === 'magicHourApi')?.displayName).toBe('Magic Hour API');
	});

	it('shows its icon in light and dark, and is found by its aliases', async () => {
		const { n8n } = fixture();
		const types = await n8n.request<NodeType[]>('GET', '/types/nodes.json');
		const nodeType = types.find(({ name }) => name === 'n8n-nodes-magic-hour.magicHour');
		const { light = '', dark = '' } = { ...nodeType?.iconUrl };
		expect(light).not.toBe(dark);
		for (const path of [light, dark]) {
			const response = await fetchWhenReady(`${n8n.url}/${path}`);
			expect(response.headers.get('content-type')).toContain('image/svg+xml');
			expect(await response.text()).toContain('<svg');
		}
		expect(nodeType?.codex?.alias?.join(' ').toLowerCase()).toContain('ai image');
	});
});
