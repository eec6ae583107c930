import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { checkApi } from '../api/check';
import { compare } from '../api/compare';
import { readDocument } from '../api/document';
import { documentOfNode, put } from '../api/documentOfNode';
import { readNode } from '../api/node';
import type { Schema } from '../api/schema';
import { npm } from '../n8n/processes';
import { required } from '../required';

const root = join(__dirname, '../..');

function choices(...values: Array<string | number>) {
	return values.map((value) => ({ name: `Choice ${value}`, value }));
}

function body(property: string): Pick<INodeProperties, 'routing'> {
	return { routing: { send: { type: 'body', property } } };
}

const place = { resource: ['imageProject'], operation: ['generate'] };
const placeOfOption = { '/resource': ['imageProject'], '/operation': ['generate'] };

/** A node with one generator and one look-up, which has each form of field once. */
function nodeProperties(): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			options: [{ name: 'Image Project', value: 'imageProject' }],
			default: 'imageProject',
		},
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			displayOptions: { show: { resource: ['imageProject'] } },
			options: [
				{
					name: 'Generate',
					value: 'generate',
					routing: { request: { method: 'POST', url: '/v1/generator' } },
				},
				{
					name: 'Get',
					value: 'get',
					routing: { request: { method: 'GET', url: '/v1/projects/{projectId}' } },
				},
			],
			default: 'generate',
		},
		{
			displayName: 'Project ID',
			name: 'projectId',
			type: 'string',
			required: true,
			displayOptions: { show: { resource: ['imageProject'], operation: ['get'] } },
			default: '',
		},
		{
			displayName: 'Prompt',
			name: 'prompt',
			type: 'string',
			required: true,
			typeOptions: { maxLength: 500 },
			displayOptions: { show: place },
			default: '',
			...body('style.prompt'),
		},
		{
			displayName: 'Image Count',
			name: 'imageCount',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 4, numberPrecision: 0 },
			displayOptions: { show: place },
			default: 1,
			...body('image_count'),
		},
		{
			displayName: 'Images',
			name: 'images',
			type: 'string',
			typeOptions: { maxItems: 10 },
			displayOptions: { show: place },
			default: '',
			...body('assets.image_file_paths'),
		},
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			displayOptions: { show: place },
			options: choices('job', 'files'),
			default: 'job',
		},
		{
			displayName: 'Faces',
			name: 'faces',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, maxItems: 5 },
			displayOptions: { show: place },
			default: {},
			options: [
				{
					displayName: 'Face',
					name: 'face',
					values: [
						{
							displayName: 'New Face',
							name: 'newFace',
							type: 'string',
							required: true,
							default: '',
							...body('=assets.faces[{{$index}}].new_face'),
						},
					],
				},
			],
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			default: {},
			options: [
				{
					displayName: 'Model',
					name: 'model',
					type: 'options',
					displayOptions: { show: placeOfOption },
					options: [{ name: 'Not Sent', value: '' }, ...choices('quick', 'fine')],
					default: 'quick',
					...body('model'),
				},
				{
					displayName: 'Scale',
					name: 'scale',
					type: 'options',
					displayOptions: { show: placeOfOption },
					options: choices(2, 4),
					default: 2,
					...body('scale'),
				},
				{
					displayName: 'Smile',
					name: 'smile',
					type: 'number',
					typeOptions: { minValue: -1, maxValue: 1, multipleOf: 0.05 },
					displayOptions: { show: placeOfOption },
					default: 0,
					...body('style.smile'),
				},
			],
		},
	];
}

/** @returns the document that matches the node, and parts of it to change */
function describeApi() {
	const prompt: Schema = { type: 'string', minLength: 1, maxLength: 500 };
	const images: Schema = { type: 'array', maxItems: 10, items: { type: 'string' } };
	const faces: Schema = {
		type: 'array',
		maxItems: 5,
		items: {
			type: 'object',
			required: ['new_face'],
			properties: { new_face: { type: 'string', minLength: 1 } },
		},
	};
	const fields = {
		name: { type: 'string', deprecated: true },
		image_count: { type: 'integer', minimum: 1, maximum: 4 },
		model: { type: 'string', enum: ['quick', 'fine'], default: 'quick' },
		scale: { type: 'number', minimum: 1, enum: [2, 4], default: 2 },
		style: { $ref: '#/components/schemas/Style' },
		assets: { type: 'object', properties: { image_file_paths: images, faces } },
	} satisfies Record<string, Schema>;
	// A test may change what is there, and add what is not.
	const body: Record<keyof typeof fields, Schema> & Record<string, Schema> = fields;
	const schema: Schema = {
		type: 'object',
		required: ['style', 'image_count'],
		properties: body,
	};
	const parameters: object[] = [];
	const generator = {
		summary: 'Generator',
		deprecated: false,
		parameters,
		requestBody: { required: true, content: { 'application/json': { schema } } },
	};
	const lookUp = { summary: 'Look-up', parameters: [{ name: 'id', in: 'path', required: true }] };
	const paths: Record<string, object> = {
		'/v1/generator': { post: generator },
		'/v1/projects/{id}': { get: lookUp },
	};
	const limits = { type: 'number', minimum: -1, maximum: 1, multipleOf: 0.05 };
	const smile: Schema = { anyOf: [limits, { type: 'null' }], default: 0 };
	const style: Schema = {
		allOf: [
			{ type: 'object', required: ['prompt'], properties: { prompt } },
			{ properties: { smile } },
		],
	};
	const document = { openapi: '3.1.0', paths, components: { schemas: { Style: style } } };
	return { document, paths, generator, body, prompt, images, faces };
}

type Api = ReturnType<typeof describeApi>;

function findingsOf(document: unknown, properties = nodeProperties()): string[] {
	return compare(readDocument(document), readNode({ properties })).flatMap(
		({ findings }) => findings,
	);
}

function find(properties: INodeProperties[], name: string): INodeProperties {
	const all = properties.flatMap((one) => [
		one,
		...(one.type === 'collection' ? ((one.options ?? []) as INodeProperties[]) : []),
	]);
	const found = all.find((property) => property.name === name);
	if (found === undefined) throw new Error(`The node of the test has no ${name}`);
	return found;
}

describe('the comparison with an API document', () => {
	it('finds nothing if the node is up to date', () => {
		expect(findingsOf(describeApi().document)).toEqual([]);
	});

	it('says which operation of the node and of the API it means', () => {
		const { document, body } = describeApi();
		body.image_count.maximum = 3;
		const disagreements = compare(
			readDocument(document),
			readNode({ properties: nodeProperties() }),
		);
		expect(disagreements.map(({ operation }) => operation)).toEqual([
			'POST /v1/generator (Image Project → Generate)',
		]);
	});

	const changesOfApi: Array<[string, (api: Api) => void, string[]]> = [
		[
			'an operation that the node lacks, with its fields',
			({ paths }) => {
				paths['/v1/upscaler'] = required(paths['/v1/generator'], 'generator');
			},
			[
				'Add the operation.',
				'Add `image_count`: required, a whole number, minimum 1, maximum 4.',
				'Add `model`: optional, text, default "quick", a choice of "quick", "fine".',
				'Add `scale`: optional, a number, minimum 1, default 2, a choice of 2, 4.',
				'Add `style.prompt`: required, text, maxLength 500.',
				'Add `style.smile`: optional, a number, minimum -1, maximum 1, multipleOf 0.05, default 0.',
				'Add `assets.image_file_paths`: optional, a list, maxItems 10.',
				'Add `assets.faces`: optional, a list, maxItems 5.',
				'Add `assets.faces[].new_face`: required, text.',
			],
		],
		[
			'an operation that the document does not have',
			({ paths }) => delete paths['/v1/projects/{id}'],
			['Remove the operation, or correct its path: it is not in the document.'],
		],
		[
			'an operation that is deprecated',
			({ generator }) => {
				generator.deprecated = true;
			},
			['Remove the operation: it is deprecated.'],
		],
		[
			'a field that the node lacks',
			({ body }) => {
				body.seed = { type: 'integer', minimum: 0 };
			},
			['Add `seed`: optional, a whole number, minimum 0.'],
		],
		[
			'a parameter of the address that the node lacks',
			({ generator }) => {
				generator.parameters.push({ name: 'preview', in: 'query', schema: { type: 'boolean' } });
			},
			['Add `query parameter preview`: optional, true or false.'],
		],
		[
			'a field that is elsewhere in the document',
			({ body }) => {
				body.style = { allOf: [body.style, { properties: { scale: body.scale } }] };
				Reflect.deleteProperty(body, 'scale');
			},
			['Send Scale (`scale`) as `style.scale`.'],
		],
		[
			'a field that the document does not have',
			({ body }) => Reflect.deleteProperty(body, 'scale'),
			['Remove Scale (`scale`), or correct its place: the document has no such field.'],
		],
		[
			'a field that is deprecated',
			({ body }) => {
				body.scale.deprecated = true;
			},
			['Remove Scale (`scale`): it is deprecated.'],
		],
		[
			'a field whose description begins with that it is deprecated',
			({ body }) => {
				body.scale.description = '**Deprecated:** has no effect.';
			},
			['Remove Scale (`scale`): it is deprecated.'],
		],
		[
			'a field of another type',
			({ body }) => {
				body.image_count = { type: 'string' };
			},
			['Make Image Count (`image_count`) return text, not a number or a whole number.'],
		],
		[
			'lower and higher limits, also of choices',
			({ body }) => {
				Object.assign(body.image_count, { minimum: 2, maximum: 3 });
				body.scale = { type: 'number', maximum: 3, default: 2 };
			},
			[
				'Limit Image Count (`image_count`) to minimum 2: its typeOptions.minValue is 1.',
				'Limit Image Count (`image_count`) to maximum 3: its typeOptions.maxValue is 4.',
				'Limit Scale (`scale`) to maximum 3: its choices exceed that.',
			],
		],
		[
			'a limit of texts and a length of lists',
			({ prompt, images, faces }) => {
				prompt.maxLength = 400;
				images.maxItems = 9;
				faces.maxItems = 4;
			},
			[
				'Limit Prompt (`style.prompt`) to maxLength 400: its typeOptions.maxLength is 500.',
				'Limit Images (`assets.image_file_paths`) to maxItems 9: its typeOptions.maxItems is 10.',
				'Limit Faces (`assets.faces`) to maxItems 4: its typeOptions.maxItems is 5.',
			],
		],
		[
			'another default',
			({ body }) => {
				body.model.default = 'fine';
			},
			['Set the default of Model (`model`) to "fine": it is "quick".'],
		],
		[
			'nothing about a default of text, which the API fills in where the node sends none',
			({ prompt }) => {
				prompt.default = 'A cat';
			},
			[],
		],
		[
			'values that the node lacks, or has of its own',
			({ body }) => {
				body.model.enum = ['quick', 'finest', 'cheap'];
				body.scale.enum = [2, 8];
			},
			[
				'Add to Model (`model`): "finest", "cheap".',
				'Remove "fine" from Model (`model`): it is not in the document.',
				'Add to Scale (`scale`): 8.',
				'Remove 4 from Scale (`scale`): it is not in the document.',
			],
		],
		[
			'values where the node takes any',
			({ prompt }) => {
				prompt.enum = ['A cat', 'A dog'];
			},
			['Make Prompt (`style.prompt`) a choice of "A cat", "A dog".'],
		],
	];

	it.each(changesOfApi)('reports %s', (_, change, findings) => {
		const api = describeApi();
		change(api);
		expect(findingsOf(api.document)).toEqual(findings);
	});

	const changesOfNode: Array<[string, (properties: INodeProperties[]) => void, string[]]> = [
		[
			'a field that need not be set, though the API requires it',
			(properties) => {
				find(properties, 'prompt').required = false;
				find(properties, 'imageCount').default = '';
			},
			['Make Image Count (`image_count`) required.', 'Make Prompt (`style.prompt`) required.'],
		],
		[
			'a required field that must be added first',
			(properties) => {
				const prompt = properties.splice(properties.indexOf(find(properties, 'prompt')), 1);
				find(properties, 'options').options?.push(...prompt);
			},
			['Make Prompt (`style.prompt`) required.'],
		],
		[
			'a default that is empty where the API has zero',
			(properties) => {
				find(properties, 'smile').default = '';
			},
			['Set the default of Smile (`style.smile`) to 0: it is "".'],
		],
		[
			'limits that are missing',
			(properties) => {
				find(properties, 'imageCount').typeOptions = undefined;
				find(properties, 'smile').typeOptions = { minValue: -1, maxValue: 1, multipleOf: 0.02 };
			},
			[
				'Limit Image Count (`image_count`) to minimum 1: its typeOptions.minValue is not set.',
				'Limit Image Count (`image_count`) to maximum 4: its typeOptions.maxValue is not set.',
				'Limit Image Count (`image_count`) to whole numbers: set typeOptions.numberPrecision to 0.',
				'Limit Smile (`style.smile`) to multipleOf 0.05: its typeOptions.multipleOf is 0.02.',
			],
		],
		[
			'a text where the API takes a list',
			(properties) => {
				find(properties, 'images').typeOptions = undefined;
			},
			[
				'Make Images (`assets.image_file_paths`) return a list, not text.',
				'Limit Images (`assets.image_file_paths`) to maxItems 10: its typeOptions.maxItems is not set.',
			],
		],
		[
			'a field that another operation shows',
			(properties) => {
				find(properties, 'smile').displayOptions = { show: { '/operation': ['get'] } };
			},
			[
				'Add `style.smile`: optional, a number, minimum -1, maximum 1, multipleOf 0.05, default 0.',
				'Remove Smile (`style.smile`), or correct its place: the document has no such field.',
			],
		],
	];

	it.each(changesOfNode)('reports %s', (_, change, findings) => {
		const properties = nodeProperties();
		change(properties);
		expect(findingsOf(describeApi().document, properties)).toEqual(findings);
	});

	it('lets the node be stricter than the API', () => {
		const properties = nodeProperties();
		find(properties, 'imageCount').typeOptions = { minValue: 2, maxValue: 3, numberPrecision: 0 };
		find(properties, 'smile').typeOptions = { minValue: 0, maxValue: 1, multipleOf: 0.1 };
		find(properties, 'images').required = true;
		expect(findingsOf(describeApi().document, properties)).toEqual([]);
	});

	it('takes fields of which one is shown at a time as one', () => {
		const properties = nodeProperties();
		const { options = [] } = find(properties, 'options');
		const model = find(properties, 'model');
		options.splice(
			options.indexOf(model),
			1,
			{ ...model, options: choices('quick') },
			{ ...model, options: choices('fine') },
		);
		expect(findingsOf(describeApi().document, properties)).toEqual([]);
	});

	it('asks for no default that the server makes', () => {
		const { document, body } = describeApi();
		body.model.default = 'Model - dateTime';
		expect(findingsOf(document)).toEqual([]);
	});

	const outdated: Array<[string, string, string]> = [
		[
			'a sentence',
			'The `fine` one is slow. `"old"` is deprecated and maps to `fine`.',
			'deprecated',
		],
		['an entry of a list', 'Models:\n- `old` — **Deprecated.** Use `fine`.', 'deprecated'],
		[
			'an aside',
			'* `quick`\n* `fine`\n* `old` - slow (deprecated, use `fine` instead)',
			'deprecated',
		],
		[
			'a heading',
			'- `quick`\n- `fine`\n\n**Deprecated values:**\n- `old` - Use `fine`.',
			'deprecated',
		],
		['not being listed', '* `quick`: not slow\n* **`fine`**: slow', 'no longer documented'],
	];

	it.each(outdated)('takes a value for outdated because of %s', (_, description, reason) => {
		const { document, body } = describeApi();
		const { model } = body;
		Object.assign(model, { enum: ['quick', 'fine', 'old'], description });
		expect(findingsOf(document)).toEqual([]);

		const properties = nodeProperties();
		find(properties, 'model').options = choices('quick', 'fine', 'old');
		expect(findingsOf(document, properties)).toEqual([
			`Remove "old" from Model (\`model\`): it is ${reason}.`,
		]);
		model.default = 'old';
		expect(findingsOf(document, properties)).toHaveLength(1);
	});

	it('keeps values that are not listed where few are, or where other things are listed', () => {
		const { document, body } = describeApi();
		const { model } = body;
		Object.assign(model, { enum: ['quick', 'fine', 'new'], description: '* `fine`: slow' });
		const missing = ['Add to Model (`model`): "new".'];
		expect(findingsOf(document)).toEqual(missing);
		model.description = '* `engine-1`: quick, fine\n* `engine-2`: new';
		expect(findingsOf(document)).toEqual(missing);
	});
});

describe('npm run check:api', () => {
	const folder = mkdtempSync(join(tmpdir(), 'check-api-'));
	const file = join(folder, 'api.json');
	let server: Server;
	let answer: { status: number; text: string };
	let url: string;

	beforeAll(async () => {
		server = createServer((_, response) => {
			response.writeHead(answer.status).end(answer.text);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/openapi.json`;
	});

	afterAll(() => {
		rmSync(folder, { recursive: true });
		server.close();
	});

	it('exits with 0 if the node matches a file', async () => {
		writeFileSync(file, JSON.stringify(documentOfNode()));
		const { code, output } = await check(file);
		expect(output).toMatch(
			/^Compared \d+ operations, \d+ fields, and \d+ values: the node is up to date\.\n/,
		);
		expect(output).toContain("Filled by the node's transport, without a field: items, ");
		expect(code).toBe(0);
	});

	it('ends with 1 and says what is to be done, from a URL', async () => {
		const document = documentOfNode();
		required(document.paths['/v1/face-detection']?.post, 'route').requestBody.content[
			'application/json'
		].schema = {
			type: 'object',
			properties: { assets: { type: 'object', properties: { target_file_path: {} } } },
		};
		const upload = required(document.paths['/v1/files/upload-urls']?.post, 'route').requestBody
			.content;
		put(upload['application/json'].schema, ['items[]', 'type'], { enum: ['image', 'model'] });
		answer = { status: 200, text: JSON.stringify(document) };
		const { code, output } = await check(url);
		expect(output).toContain(
			'POST /v1/face-detection (File → Detect Faces)\n  - Remove Confidence Score (`confidence_score`)',
		);
		expect(output).toContain('Add to what the transport fills (`items[].type`): "model".');
		expect(output).toContain('values: 4 findings.');
		expect(code).toBe(1);
	});

	it('ends with 2 where it is not told which document', async () => {
		expect(await check()).toMatchObject({ code: 2, output: expect.stringContaining('Usage:') });
	});

	it('ends with 2 where there is no such file', async () => {
		const missing = join(folder, 'missing.json');
		expect(await check(missing)).toEqual({
			code: 2,
			output: expect.stringContaining(`${missing} cannot be read: ENOENT`),
		});
	});

	it.each([
		[404, '{}', 'cannot be read: the server answered 404'],
		[200, '<html>', 'is not JSON: '],
		[200, '{"swagger":"2.0"}', 'is not an OpenAPI document of version 3'],
	])('ends with 2 where the answer is %i %s', async (status, text, message) => {
		answer = { status, text };
		expect(await check(url)).toEqual({
			code: 2,
			output: expect.stringContaining(`${url} ${message}`),
		});
	});

	it('is a command, with the same output and exit code', async () => {
		answer = { status: 200, text: JSON.stringify({ openapi: '3.0.2', paths: {} }) };
		const expected = await check(url);
		expect(expected.code).toBe(1);
		const missing = join(folder, 'missing.json');
		expect(await Promise.all([run(url), run(missing)])).toEqual([
			{ code: 1, stdout: `${expected.output}\n`, stderr: '' },
			{ code: 2, stdout: '', stderr: expect.stringContaining(`${missing} cannot be read`) },
		]);
	}, 90_000);

	async function run(parameter: string) {
		const command = ['run', '--silent', 'check:api', '--', parameter];
		return await new Promise((resolve) => {
			execFile(npm, command, { cwd: root, encoding: 'utf8' }, (error, stdout, stderr) => {
				resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
			});
		});
	}

	async function check(...parameters: string[]): Promise<{ code: number; output: string }> {
		const { exitCode, output } = await checkApi(parameters);
		return { code: exitCode, output };
	}
});
