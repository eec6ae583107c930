import { randomUUID } from 'node:crypto';
import { agents, agentWorkflow } from './agent';
import { describeOnEachVersion, type Fixture } from './fixture';
import { modelCredentialFor, startModel, type Question, type Reply } from '../model/model';
import { outputItems } from '../n8n/client';
import { fetchWhenReady } from '../n8n/fetchWhenReady';
import { chain, node, credentialReference, workflow } from './workflows';
import { required } from '../required';

const magicHourType = 'n8n-nodes-magic-hour.magicHour';
const given = Buffer.from('the bytes of a file that a caller sends');

describeOnEachVersion('the generators', (fixture) => {
	it.each([
		{
			mimeType: 'image/png',
			parameters: { resource: 'imageProject', operation: 'upscale', image: 'data', scaleFactor: 2 },
			endpoint: '/v1/ai-image-upscaler',
			body: { scale_factor: 2, assets: { image_file_path: expect.stringMatching(/\.png$/) } },
		},
		{
			mimeType: 'image/jpeg',
			parameters: {
				...{ resource: 'videoProject', operation: 'generateFromImage', image: 'data' },
				durationSeconds: 5,
			},
			endpoint: '/v1/image-to-video',
			body: { end_seconds: 5, assets: { image_file_path: expect.stringMatching(/\.jpe?g$/) } },
		},
		{
			mimeType: 'video/mp4',
			parameters: {
				...{ resource: 'videoProject', operation: 'translate', video: 'data' },
				...{ targetLanguage: 'Spanish', endSeconds: 5 },
			},
			endpoint: '/v1/ai-video-translator',
			body: {
				...{ target_language: 'Spanish', end_seconds: 5 },
				assets: { video_file_path: expect.stringMatching(/\.mp4$/) },
			},
		},
		{
			mimeType: 'audio/mpeg',
			parameters: {
				...{ resource: 'audioProject', operation: 'cloneVoice', recording: 'data' },
				text: 'The ferry leaves at noon.',
			},
			endpoint: '/v1/ai-voice-cloner',
			body: {
				style: { prompt: 'The ferry leaves at noon.' },
				assets: { audio_file_path: expect.stringMatching(/\.mp3$/) },
			},
		},
	])(
		'$parameters.operation turns the file of a call into another, and answers with it',
		async ({ mimeType, parameters, endpoint, body }) => {
			const { sandbox } = fixture();
			const call = await publishGenerator(fixture(), parameters);

			const answer = await call(mimeType);

			expect(sandbox.projects.ids()).toHaveLength(1);
			const { kind, id } = required(sandbox.projects.all()[0], 'project');
			expect(answer.status).toBe(200);
			expect(answer.bytes).toEqual(await sandbox.storage.fileOf(kind, id));
			const asked = sandbox.requests.filter(({ url }) => url === endpoint);
			expect(asked.map((request) => request.body)).toEqual([body]);
			expect([...sandbox.storage.uploads.values()]).toEqual([
				expect.objectContaining({ content: given, contentType: mimeType }),
			]);
		},
	);

	it.each(agents)('make what an agent $title is asked for, and it is downloaded', async (agent) => {
		const { n8n, sandbox, credential } = fixture();
		const model = await startModel(generateWhatIsAskedFor);
		try {
			const modelCredential = await n8n.createCredential(modelCredentialFor(model));
			const stored = await n8n.importWorkflow(
				agentWorkflow({
					...agent,
					text: 'Make an image of a lighthouse and download it',
					url: model.url,
					modelCredential,
					tool: { name: 'Generate an image', parameters: generation, credential },
					next: [
						node(
							'Download',
							magicHourType,
							1,
							{
								...{ resource: 'imageProject', operation: 'download' },
								id: '={{ $json.output.match(/image project (\\w+)/)[1] }}',
								options: {},
							},
							{ credentials: credentialReference(credential) },
						),
						node('Read', 'n8n-nodes-base.extractFromFile', 1, {
							...{ operation: 'binaryToPropery', binaryPropertyName: 'data' },
							...{ destinationKey: 'content', options: {} },
						}),
					],
				}),
			);

			const execution = await n8n.waitForExecution(await n8n.runManually(stored, 'Start'));

			expect(execution.data.resultData.error).toBeUndefined();
			expect(sandbox.projects.ids()).toHaveLength(1);
			const id = sandbox.projects.ids().join();
			const asked = sandbox.requests.filter(({ method }) => method === 'POST');
			expect(asked.map((request) => request.body)).toEqual([
				{ image_count: 1, style: { prompt: 'A lighthouse' } },
			]);
			const content = outputItems(execution, 'Read').map(({ json }) => String(json.content));
			expect(content.map((base64) => Buffer.from(base64, 'base64'))).toEqual([
				await sandbox.storage.fileOf('image', id),
			]);
		} finally {
			await model.close();
		}
	});
});

const generation = {
	resource: 'imageProject',
	operation: 'generate',
	prompt: "={{ $fromAI('prompt', 'What the image shall show', 'string') }}",
	imageCount: 1,
	output: 'completedProject',
	options: {},
};

/** The script: it calls the tool, and then names the project that it was told of. */
function generateWhatIsAskedFor({ tools, toolResults }: Question): Reply {
	const [, id] = /"id":"(\w+)"/.exec(toolResults.join()) ?? [];
	if (id !== undefined) return { say: `It is the image project ${id}` };
	const { name } = required(tools[0], 'tool');
	return { call: { tool: name, parameters: { prompt: 'A lighthouse' } } };
}

/** @returns a function that sends a file to the webhook of a new, published workflow */
async function publishGenerator({ n8n, credential }: Fixture, parameters: object) {
	const path = `generate-${randomUUID()}`;
	const stored = await n8n.importWorkflow(
		workflow(
			'Generate by webhook',
			[
				node(
					'Webhook',
					'n8n-nodes-base.webhook',
					2,
					{
						...{ httpMethod: 'POST', path, responseMode: 'responseNode' },
						options: { binaryPropertyName: 'data' },
					},
					{ webhookId: randomUUID() },
				),
				node(
					'Generate',
					magicHourType,
					1,
					{
						...{ output: 'files', binaryPropertyName: 'data' },
						...parameters,
						options: {},
					},
					{ credentials: credentialReference(credential) },
				),
				node('Respond', 'n8n-nodes-base.respondToWebhook', 1.1, {
					respondWith: 'binary',
					options: {},
				}),
			],
			chain('Webhook', 'Generate', 'Respond'),
		),
	);
	await n8n.publish(stored);
	return async (mimeType: string) => {
		const response = await fetchWhenReady(`${n8n.url}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': mimeType },
			body: given,
		});
		return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
	};
}
