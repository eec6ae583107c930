import { outputItems } from '../n8n/client';
import { describeOnEachVersion, type Fixture } from './fixture';
import { chain, credentialReference, manualTrigger, node, workflow } from './workflows';

const count = 120;
const prompt = 'Two people walk along a beach';

describeOnEachVersion('saved items', (fixture) => {
	it('are listed beyond the first page, and a prompt refers to one', async () => {
		const { n8n, sandbox } = fixture();
		for (let index = 0; index < count; index++) sandbox.savedItems.add({ type: 'character' });
		sandbox.savedItems.add({ type: 'voice' });
		// The sandbox itself refuses a field that the API does not have.
		const answer = { status: 200, body: { id: 'cm0unknownfield', credits_charged: 0 } };
		sandbox.addFaults({ endpoint: '/v1/text-to-video', fault: { answer } });
		const stored = await n8n.importWorkflow(videoOfSavedItem(fixture()));

		const execution = await n8n.waitForExecution(await n8n.runManually(stored, 'Start'));

		expect(execution.status).toBe('success');
		const listed = outputItems(execution, 'Get characters').map(({ json }) => json);
		expect(listed).toHaveLength(count);
		expect(listed.map(({ type }) => type)).toEqual(Array(count).fill('character'));
		const [path] = requestsTo(fixture(), '/v1/text-to-video').flatMap(({ references }) =>
			references.map(({ file_path: filePath }) => filePath),
		);
		expect(path).toMatch(/^saved-items\//);
		expect(requestsTo(fixture(), '/v1/text-to-video')).toEqual([
			{
				end_seconds: 5,
				model: 'kling-3.0',
				style: { prompt: `@hero. ${prompt}`, camera: { shake: 0.1 } },
				references: [{ name: 'hero', file_path: path }],
			},
		]);
	});
});

interface BodyOfVideo {
	references: Array<{ name: string; file_path: string }>;
}

function requestsTo({ sandbox }: Fixture, path: string): BodyOfVideo[] {
	return sandbox.requests.filter(({ url }) => url === path).map(({ body }) => body as BodyOfVideo);
}

/** Lists the saved characters, and makes a video in which the first of them is. */
function videoOfSavedItem({ credential }: Fixture) {
	const magicHour = (name: string, parameters: object, settings: object = {}) => ({
		...node(name, 'n8n-nodes-magic-hour.magicHour', 1, parameters, {
			credentials: credentialReference(credential),
		}),
		...settings,
	});
	const oneReference = [{ name: '@hero', file: '={{ $json.assets[0] }}' }];
	return workflow(
		'A video of a saved character',
		[
			manualTrigger(),
			magicHour('Get characters', {
				...{ resource: 'savedItem', operation: 'getAll', returnAll: true },
				options: { type: 'character' },
			}),
			magicHour(
				'Generate video',
				{
					...{ resource: 'videoProject', operation: 'generateFromText', output: 'projectId' },
					...{ prompt: `@hero. ${prompt}`, durationSeconds: 5 },
					options: {
						model: 'Kling 3.0',
						references: { reference: oneReference },
						customBodyFields: '{ "style": { "camera": { "shake": 0.1 } } }',
					},
				},
				{ executeOnce: true },
			),
		],
		chain('Start', 'Get characters', 'Generate video'),
	);
}
