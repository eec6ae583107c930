import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeConnectionTypes, type INodeProperties } from 'n8n-workflow';
import { MagicHourApi } from '../../credentials/MagicHourApi.credentials';
import { MagicHour } from '../../nodes/MagicHour/MagicHour.node.js';
import { isShownAt, operationsOf, type Place } from '../description/operations';
import { MagicHourTrigger } from '../../nodes/MagicHour/MagicHourTrigger.node.js';
import { required } from '../required';

const root = join(__dirname, '../..');

function read(path: string): string {
	return readFileSync(join(root, path), 'utf8');
}

function valuesOf(property?: INodeProperties): unknown[] {
	return (property?.options ?? []).map((option) => ('value' in option ? option.value : option));
}

function valuesOfCollection(property?: INodeProperties): string[] {
	return (property?.options ?? []).map(({ name }) => name);
}

describe('the package', () => {
	const manifest = JSON.parse(read('package.json'));

	it('is what n8n asks of a verified community node', () => {
		expect(manifest).toMatchObject({
			name: 'n8n-nodes-magic-hour',
			license: 'MIT',
			files: ['dist'],
			keywords: expect.arrayContaining(['n8n-community-node-package']),
			n8n: { n8nNodesApiVersion: 1, strict: true },
			peerDependencies: { 'n8n-workflow': '*' },
		});
		expect(manifest).not.toHaveProperty('dependencies');
		expect(Object.keys(manifest.peerDependencies)).toEqual(['n8n-workflow']);
	});

	it('names files that the build makes', () => {
		for (const path of [...manifest.n8n.nodes, ...manifest.n8n.credentials]) {
			expect(read(path.replace(/^dist\//, '').replace(/\.js$/, '.ts'))).toContain('export class');
		}
	});

	it('has a change log for its version', () => {
		expect(read('CHANGELOG.md')).toContain(`## ${manifest.version}`);
	});

	it('names no address of a registry in its lock file', () => {
		expect(read('package-lock.json')).not.toContain('"resolved": "http');
	});

	it('keeps the files of nodes and credentials free of what n8n forbids there', () => {
		const files = execFileSync('git', ['ls-files', 'nodes', 'credentials'], { cwd: root })
			.toString()
			.split('\n')
			.filter((path) => path.endsWith('.ts'));
		expect(files.length).toBeGreaterThan(10);
		for (const path of files) {
			const allowed = path.startsWith('nodes/MagicHour/trigger/') ? '|node:crypto' : '';
			expect(read(path)).not.toMatch(
				new RegExp(
					`setTimeout|console\\.|process\\.|require\\(|from '(?!\\.|n8n-workflow${allowed})`,
				),
			);
		}
	});
});

describe('the node', () => {
	const node = new MagicHour();
	const { description } = node;

	it('is declarative, and a tool for AI agents', () => {
		expect(node).not.toHaveProperty('execute');
		expect(description).toMatchObject({
			displayName: 'Magic Hour',
			name: 'magicHour',
			usableAsTool: true,
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: 'magicHourApi', required: true }],
		});
	});

	it('has the stored names that workflows rely on', () => {
		const property = (name: string) => description.properties.find((one) => one.name === name);

		expect(valuesOf(property('resource'))).toEqual([
			'account',
			'audioProject',
			'file',
			'imageProject',
			'savedItem',
			'videoProject',
		]);
		const operations = description.properties.filter(({ name }) => name === 'operation');
		expect(
			Object.fromEntries(
				operations.map((one) => [one.displayOptions?.show?.resource?.[0], valuesOf(one)]),
			),
		).toEqual({
			account: ['get'],
			audioProject: ['cloneVoice', 'delete', 'download', 'generateMusic', 'get', 'generateVoice'],
			file: ['detectFaces', 'getDetectedFaces', 'upload'],
			imageProject: [
				'swapBody',
				'changeClothes',
				'colorize',
				'delete',
				'download',
				'edit',
				'editFace',
				'swapFace',
				'generate',
				'generateGif',
				'generateHeadshot',
				'generateMeme',
				'generateQrCode',
				'get',
				'swapHead',
				'removeBackground',
				'upscale',
			],
			savedItem: ['getAll'],
			videoProject: [
				'addSubtitles',
				'generateFromAudio',
				'delete',
				'download',
				'edit',
				'swapFace',
				'generateAnimation',
				'get',
				'generateFromImage',
				'syncLips',
				'replaceCharacter',
				'generateTalkingPhoto',
				'generateFromText',
				'translate',
				'generateUgcAd',
				'upscale',
				'restyle',
			],
		});
		expect(description.properties.map(({ name }) => name)).toEqual(
			expect.arrayContaining([
				'binaryPropertyName',
				'id',
				'inputDataFieldName',
				'file',
				'limit',
				'output',
				'returnAll',
			]),
		);
		const outputs = description.properties.filter(({ name }) => name === 'output');
		expect(
			outputs.map((one) => [one.displayOptions?.show?.resource, one.default, valuesOf(one)]),
		).toEqual([
			[['file'], 'completedDetection', ['completedDetection', 'detectionId', 'faces']],
			[
				['audioProject', 'imageProject', 'videoProject'],
				'completedProject',
				['files', 'completedProject', 'projectId'],
			],
		]);
		const options = valuesOfCollection(property('options'));
		expect([...new Set(options)].sort()).toEqual([
			'aspectRatio',
			'backgroundImage',
			'confidenceScore',
			'customBodyFields',
			'dryRun',
			'endImage',
			'failIfProjectFailed',
			'fps',
			'frameRate',
			'garmentType',
			'generationMode',
			'height',
			'ignoreAlreadyDeleted',
			'imageCount',
			'includeAudio',
			'initialImage',
			'inputType',
			'itemPerFace',
			'maxCreditsPerRun',
			'maxFileSize',
			'maxFps',
			'maxParallelRequests',
			'maxResolution',
			'maxRetries',
			'maxWait',
			'minCreditsToKeep',
			'mode',
			'model',
			'name',
			'outputFormat',
			'prompt',
			'references',
			'resolution',
			'searchWeb',
			'startImage',
			'startSeconds',
			'style',
			'type',
			'version',
			'waitForCompletion',
		]);
	});

	it('has one name for every ID, and a field for projects and one for face detections', () => {
		const idFields = description.properties.filter(({ displayName }) => / ID$/.test(displayName));

		expect(idFields.map(({ name }) => name)).toEqual(['id', 'id']);
		expect(
			operationsOf(description)
				.filter(({ option }) => option.routing?.request?.url?.toString().includes('{id}'))
				.map(({ place }) => [
					place.join(' → '),
					idFields.filter((field) => isShownAt(field, place)).map((field) => field.displayName),
				]),
		).toEqual([
			['audioProject → delete', ['Project ID']],
			['audioProject → download', ['Project ID']],
			['audioProject → get', ['Project ID']],
			['file → getDetectedFaces', ['Face Detection ID']],
			['imageProject → delete', ['Project ID']],
			['imageProject → download', ['Project ID']],
			['imageProject → get', ['Project ID']],
			['videoProject → delete', ['Project ID']],
			['videoProject → download', ['Project ID']],
			['videoProject → get', ['Project ID']],
		]);
		for (const field of idFields) expect(field).toMatchObject({ type: 'string', required: true });
	});

	it('preselects an operation that deletes nothing', () => {
		const operations = description.properties.filter(({ name }) => name === 'operation');
		expect(
			Object.fromEntries(
				operations.map((one) => [one.displayOptions?.show?.resource?.[0], one.default]),
			),
		).toEqual({
			account: 'get',
			audioProject: 'generateVoice',
			file: 'upload',
			imageProject: 'generate',
			savedItem: 'getAll',
			videoProject: 'generateFromText',
		});
	});

	it('has Input Type among the options of every operation that takes a file', () => {
		expect(description.properties.map(({ name }) => name)).not.toContain('inputType');
		const atTop = description.properties.filter(({ name }) => name !== 'options');
		const options = description.properties.find(({ name }) => name === 'options')?.options ?? [];
		const inputTypes = options.filter(({ name }) => name === 'inputType');
		for (const { place } of operationsOf(description)) {
			const shown = [...atTop, ...options].filter((one) => isShownAt(one, place));
			const expected = JSON.stringify(shown).includes('"fileKinds"') ? 1 : 0;
			expect([place, inputTypes.filter((one) => isShownAt(one, place))]).toEqual([
				place,
				Array.from({ length: expected }, () => expect.objectContaining({ default: 'automatic' })),
			]);
		}
	});

	it('has so few fields that n8n reads them for 1,000 items in about half a second', () => {
		// n8n reads every field at the top for every item, also those of other operations. Until it
		// has read them for all items, it does nothing else: no webhook is answered.
		const budgetMs = 540;
		const msPerField = 0.0065;
		expect(description.properties.length * msPerField * 1000).toBeLessThanOrEqual(budgetMs);
	});

	it('is small enough to be sent to the editor', () => {
		expect(JSON.stringify(description).length).toBeLessThan(400_000);
	});

	it('shows the names of operations and options in alphabetical order', () => {
		const namesOf = (property: INodeProperties, place: Place) =>
			(property.options ?? [])
				.filter((option) => isShownAt(option, place))
				.map((option) => ('displayName' in option ? option.displayName : option.name));
		for (const { place } of operationsOf(description)) {
			for (const property of description.properties) {
				const names = namesOf(property, place);
				if (!['operation', 'resource', 'options'].includes(property.name)) continue;
				expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
			}
		}
	});

	it('leaves no operation a way past the transport', () => {
		const [resource, ...others] = description.properties;
		expect(resource?.routing?.send?.paginate).toBe(true);
		const operations = others
			.filter(({ name }) => name === 'operation')
			.flatMap(({ options }) => options ?? []);
		expect(operations.length).toBeGreaterThan(12);
		for (const option of operations) {
			expect('routing' in option && option.routing?.operations?.pagination).toBeInstanceOf(
				Function,
			);
		}
	});

	it('is found by the words that people search for', () => {
		const codex = JSON.parse(read('nodes/MagicHour/MagicHour.node.json'));

		expect(codex.node).toBe('n8n-nodes-magic-hour.magicHour');
		expect(codex.alias).toEqual(expect.arrayContaining(['magic hour', 'AI image', 'delete']));
		// The editor hides nodes of the category AI from the search for the next step of a workflow.
		expect(codex.categories).not.toContain('AI');
	});
});

describe('the trigger', () => {
	const { description, webhook } = new MagicHourTrigger();

	it('is a webhook trigger, with the stored names that workflows rely on', () => {
		expect(webhook).toBeInstanceOf(Function);
		expect(description).toMatchObject({
			displayName: 'Magic Hour Trigger',
			name: 'magicHourTrigger',
			group: ['trigger'],
			inputs: [],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: 'magicHourApi', required: true }],
			webhooks: [{ name: 'default', httpMethod: 'POST', path: 'webhook' }],
		});
		expect(description).not.toHaveProperty('usableAsTool');
		const property = (name: string) => description.properties.find((one) => one.name === name);
		const events = ['audio', 'image', 'video'].flatMap((kind) =>
			['completed', 'errored', 'started'].map((happening) => `${kind}.${happening}`),
		);
		expect(valuesOf(property('events'))).toEqual(events);
		expect(property('events')?.default).toEqual(events);
		expect(property('notice')?.displayName).toContain('https://magichour.ai/developer');
		expect(property('notice')?.displayName).toMatch(/test URL.*production URL.*Webhook Secret/s);
		expect(property('options')?.options).toMatchObject([
			{
				name: 'allowUnsignedEvents',
				default: false,
				description: expect.stringContaining('Warning'),
			},
			{ name: 'ignoreRepeatedEvents', default: true },
			{ name: 'includeDownloads', displayName: 'Download Files', default: false },
			{ name: 'maxFileSize', displayName: 'Max File Size (MB)', default: 0 },
			{ name: 'tolerance', default: 300 },
		]);
	});

	it('is found by the words that people search for', () => {
		const codex = JSON.parse(read('nodes/MagicHour/MagicHourTrigger.node.json'));

		expect(codex.node).toBe('n8n-nodes-magic-hour.magicHourTrigger');
		expect(codex.alias).toEqual(expect.arrayContaining(['magic hour', 'webhook']));
		expect(codex.categories).not.toContain('AI');
	});
});

describe('icons', () => {
	it('exist for both themes, of the nodes and of the credential', () => {
		const all = [
			['nodes/MagicHour', new MagicHour().description.icon],
			['nodes/MagicHour', new MagicHourTrigger().description.icon],
			['credentials', new MagicHourApi().icon],
		] as const;
		for (const [folder, themes] of all) {
			if (typeof themes !== 'object') throw new Error('The icon has no themes');
			const [light, dark] = [themes.light, themes.dark].map((path) =>
				read(join(folder, path.replace('file:', ''))),
			);
			expect(light).toContain('<svg');
			expect(dark).toContain('<svg');
			expect(dark).not.toBe(light);
		}
	});
});

describe('the credential', () => {
	it('has the stored names that people rely on, and hides the key', () => {
		const credential = new MagicHourApi();

		expect(credential).toMatchObject({ name: 'magicHourApi', displayName: 'Magic Hour API' });
		expect(credential.properties).toMatchObject([
			{
				name: 'notice',
				type: 'notice',
				displayName: expect.stringContaining('https://magichour.ai/developer?tab=api-keys'),
			},
			{
				name: 'apiKey',
				displayName: 'API Key',
				required: true,
				typeOptions: { password: true },
			},
			{ name: 'baseUrl', displayName: 'Base URL', default: 'https://api.magichour.ai' },
			{ name: 'webhookSecret', displayName: 'Webhook Secret', typeOptions: { password: true } },
		]);
		expect(required(credential.properties[3], 'webhook secret').required ?? false).toBe(false);
	});

	it.each(['mhk_live_x', ' mhk_live_x\n', 'Bearer mhk_live_x', 'bearer  mhk_live_x'])(
		'sends the key %j as a bearer token',
		async (apiKey) => {
			const options = { url: 'https://example.com', headers: { Accept: 'application/json' } };

			expect(await new MagicHourApi().authenticate({ apiKey }, options)).toEqual({
				url: 'https://example.com',
				headers: { Accept: 'application/json', Authorization: 'Bearer mhk_live_x' },
			});
			expect(options.headers).not.toHaveProperty('Authorization');
		},
	);
});
