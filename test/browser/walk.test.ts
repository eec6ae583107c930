import { credentialFor } from '../e2e/fixture';
import { agentWorkflow } from '../e2e/agent';
import { modelCredentialFor, startModel, type Question, type Reply } from '../model/model';
import { waitUntil } from '../e2e/waitUntil';
import {
	chain,
	credentialReference,
	deleteNode,
	manualTrigger,
	node,
	noOp,
	testTriggerPath,
	triggerNode,
	triggerPath,
	workflow,
} from '../e2e/workflows';
import { type StoredCredential, type WorkflowNode } from '../n8n/client';
import { majorVersion } from '../n8n/versions';
import { required } from '../required';
import { describeInEachEditor } from './fixture';

const readmeUrl = 'https://github.com/n8n-nodes-magic-hour/n8n-nodes-magic-hour#';
const keysUrl = 'https://magichour.ai/developer?tab=api-keys';
const projectIds = ['lake-at-dawn', 'gone', 'hills-in-fog'];

function magicHourNode(
	name: string,
	parameters: object,
	credential: StoredCredential,
): WorkflowNode {
	const credentials = credentialReference(credential);
	return node(name, 'n8n-nodes-magic-hour.magicHour', 1, parameters, { credentials });
}

describeInEachEditor('a newcomer', (session, version) => {
	const storeCredential = async (data: Parameters<typeof credentialFor>[1] = {}) => {
		const { n8n, sandbox } = session();
		return await n8n.createCredential(credentialFor(sandbox, data));
	};

	/** Opens a workflow that begins by hand, and goes from node to node. */
	const openChain = async (name: string, ...nodes: WorkflowNode[]): Promise<void> => {
		const { n8n, editor } = session();
		const all = [manualTrigger(), ...nodes];
		const links = chain(...all.map((one) => one.name));
		await editor.openWorkflow(await n8n.importWorkflow(workflow(name, all, links)));
	};

	it('finds the node, connects an account, and generates a picture', async () => {
		const { sandbox, editor } = session();
		await openChain('My first image');

		expect(await editor.searchNextNode('magic hour')).toEqual(['Magic Hour']);
		await editor.takeScreenshot('node-panel');
		await editor.addNode('Magic Hour', 'Generate image');
		expect(await editor.docsLink()).toMatch(readmeUrl);
		await editor.takeScreenshot('walk-a-new-node');

		await editor.openCredentialDialog();
		const { text, links } = await editor.readCredentialDialog();
		expect(text).toContain('API key');
		expect(links).toContain(keysUrl);
		expect(links).toContainEqual(expect.stringMatching(readmeUrl));
		await editor.takeScreenshot('walk-a-new-credential');
		await editor.saveCredential({ apiKey: sandbox.apiKey, baseUrl: sandbox.url });
		await editor.waitForCredentialSuccess();
		// At the usual height, the dialog cuts its last line in half.
		await editor.setHeight(1000);
		await editor.takeScreenshot('credential');
		await editor.setHeight(800);
		await editor.closeCredentialDialog();

		await editor.enter('prompt', 'A lighthouse at dawn, watercolor');
		await editor.choose('output', 'Files');
		await editor.executeNode();
		const [file] = await editor.outputFiles();
		const id = sandbox.projects.ids().join();
		expect(file).toContain(`${id}.png`);
		await editor.takeScreenshot('walk-a-file');

		const { width, height } = await editor.viewPicture();
		expect(Math.min(width, height)).toBeGreaterThan(0);
		await editor.takeScreenshot('walk-a-picture');
		await editor.showOutputAs('Table');
		expect(await editor.outputTable()).toEqual([
			expect.objectContaining({ id, status: 'complete', credits_charged: '5' }),
		]);
		await editor.takeScreenshot('walk-a-project');
		await editor.closeNode();
		await editor.takeScreenshot('walk-a-canvas');
	});

	it.each(['face swap', 'text to video', 'voice cloner'])(
		'finds the node by what it is for: %s',
		async (query) => {
			const { editor } = session();
			await openChain('Search');
			expect(await editor.searchNextNode(query, 'Magic Hour')).toContain('Magic Hour');
			await editor.takeScreenshot(`walk-search-${query.replaceAll(' ', '-')}`);
		},
	);

	describe('with files of their own', () => {
		/** Nodes that give an item with the pictures of finished projects in binary fields. */
		const pictures = (...fields: string[]): WorkflowNode[] => {
			const { sandbox } = session();
			return fields.map((field) => {
				sandbox.projects.create({ id: `picture-of-${field}`, name: field, isFinished: true });
				const project = required(sandbox.projects.get('image', `picture-of-${field}`), 'picture');
				const [link] = sandbox.storage.linksTo(project, sandbox.url);
				return node(field, 'n8n-nodes-base.httpRequest', 4.2, {
					url: required(link, 'link').url,
					options: {
						response: { response: { responseFormat: 'file', outputPropertyName: field } },
					},
				});
			});
		};

		const swap = (credential: StoredCredential): WorkflowNode =>
			magicHourNode(
				'Swap faces in an image',
				{ resource: 'imageProject', operation: 'swapFace' },
				credential,
			);

		const swapRequest = (): unknown =>
			session().sandbox.requests.find(({ url }) => url === '/v1/face-swap-photo')?.body;

		const uploaded = expect.stringMatching(/^api-assets\//);

		it('swaps all faces', async () => {
			const { editor } = session();
			await openChain('All faces', ...pictures('photo', 'face'), swap(await storeCredential()));
			await editor.openNode('Swap faces in an image');
			await editor.enter('image', 'photo');
			await editor.enter('newFace', 'face');
			await editor.choose('output', 'Files');
			await editor.executeNode();
			const { width } = await editor.viewPicture();
			await editor.takeScreenshot('walk-b-all-faces');
			expect(width).toBeGreaterThan(0);
			expect(swapRequest()).toMatchObject({
				assets: {
					face_swap_mode: 'all-faces',
					target_file_path: uploaded,
					source_file_path: uploaded,
				},
			});
		});

		it('finds the faces, and gives each a new one', async () => {
			const { sandbox, editor } = session();
			const credential = await storeCredential();
			const detect = magicHourNode(
				'Detect faces in a file',
				{ resource: 'file', operation: 'detectFaces' },
				credential,
			);
			const files = pictures('photo', 'anna', 'ben');
			await openChain('Individual faces', ...files, detect, swap(credential));

			await editor.openNode(detect.name);
			await editor.enter('file', 'photo');
			await editor.executeNode();
			await editor.showOutputAs('Table');
			expect(await editor.outputTable()).toEqual([
				expect.objectContaining({
					status: 'complete',
					faces: expect.stringContaining('api-assets/'),
				}),
			]);
			await editor.takeScreenshot('walk-b-faces');
			await editor.closeNode();

			await editor.openNode('Swap faces in an image');
			await editor.enter('image', 'photo');
			await editor.choose('faceSwapMode', 'Individual Faces');
			await editor.addEntry('Add Face');
			await editor.enter('newFace', 'anna');
			await editor.enter('originalFace', 'photo');
			expect(await editor.readHint('originalFace')).toContain('Detect Faces');
			await editor.takeScreenshot('walk-b-hint');
			await editor.executeNode();
			const { message, description } = await editor.outputError();
			await editor.takeScreenshot('walk-b-refused');
			expect(message).toContain('Original Face');
			expect(description).toContain('Detect Faces');
			expect(swapRequest()).toBeUndefined();

			await editor.enterExpression('originalFace', '{{ $json.faces[0].path }}');
			await editor.addEntry('Add Face');
			await editor.enter('newFace', 'ben');
			await editor.enterExpression('originalFace', '{{ $json.faces[1].path }}');
			await editor.choose('output', 'Files');
			await editor.executeNode();
			const { width } = await editor.viewPicture();
			await editor.takeScreenshot('walk-b-individual-faces');
			expect(width).toBeGreaterThan(0);
			expect(swapRequest()).toMatchObject({
				assets: {
					face_swap_mode: 'individual-faces',
					target_file_path: uploaded,
					face_mappings: [
						{ new_face: uploaded, original_face: expect.stringMatching(/\/0-0\.png$/) },
						{ new_face: uploaded, original_face: expect.stringMatching(/\/1-0\.png$/) },
					],
				},
			});
			expect(sandbox.storage.uploads.size).toBe(4);
		});
	});

	it('stops the wait for a video, and finds the video again', async () => {
		const { sandbox, editor } = session();
		const credential = await storeCredential();
		const generate = { resource: 'videoProject', operation: 'generateFromText', prompt: 'Waves' };
		await editor.registerN8n();
		await openChain('A video', magicHourNode('Generate a video', generate, credential));
		sandbox.projects.holdClock();

		await editor.executeWorkflow();
		await waitUntil(() => sandbox.projects.ids().length > 0);
		await waitUntil(() => sandbox.requests.some(({ method }) => method === 'GET'));
		await editor.takeScreenshot('walk-c-waiting');
		await editor.stopExecution();
		await editor.takeScreenshot('walk-c-stopped');
		const id = sandbox.projects.ids().join();
		await editor.openLastExecution();
		const highlighted = await editor.highlightedData();
		await editor.takeScreenshotAsIs('walk-c-highlighted-data');
		expect(highlighted).toContain('magic_hour_video_project');
		expect(highlighted).toContain(id);

		sandbox.projects.advanceClock(10_000);
		await openChain(
			'Get it',
			magicHourNode('Get a video', { resource: 'videoProject', operation: 'get' }, credential),
		);
		await editor.openNode('Get a video');
		await editor.enter('id', id);
		await editor.executeNode();
		await editor.showOutputAs('Table');
		await editor.takeScreenshot('walk-c-found');
		expect(await editor.outputTable()).toEqual([
			expect.objectContaining({ id, status: 'complete' }),
		]);
	});

	describe('who deletes three projects of which one is gone', () => {
		beforeEach(async () => {
			const { n8n, sandbox, editor } = session();
			for (const id of projectIds) if (id !== 'gone') sandbox.projects.create({ id });
			const trigger = manualTrigger();
			const file = workflow(
				'Delete old images',
				[trigger, deleteNode(await storeCredential())],
				chain(trigger.name, 'Delete'),
			);
			const pinData = { [trigger.name]: projectIds.map((project) => ({ json: { project } })) };
			await editor.openWorkflow(await n8n.importWorkflow({ ...file, pinData }));
			await editor.openNode('Delete');
		});

		afterEach(() => expect(session().sandbox.projects.ids()).toEqual([]));

		it('reads what failed, what to do, and what was deleted', async () => {
			const { editor } = session();
			await editor.executeNode();
			const { message, description } = await editor.outputError();
			await editor.takeScreenshot('error');
			expect(message).toContain('The image project "gone" was not found');
			expect(description).toContain("'Ignore Already Deleted' under Options");
			expect(description).toContain('lake-at-dawn');
			expect(description).toContain('hills-in-fog');
			expect(description).not.toContain('0 items');
			const details = await editor.errorDetails();
			await editor.takeScreenshot('walk-d-details');
			expect(details).toMatchObject({ 'Error code': '404' });
			expect(Object.values(details)).not.toContain('none');
		});

		it('sees it among the items with Continue', async () => {
			const { editor } = session();
			await editor.openTab('Settings');
			await editor.choose('onError', 'Continue');
			await editor.takeScreenshot('walk-d-continue-setting');
			await editor.openTab('Parameters');
			await editor.executeNode();
			await editor.showOutputAs('Table');
			const items = await editor.outputTable();
			await editor.takeScreenshot('walk-d-continue');
			expect(items.map(({ id, deleted }) => ({ id, deleted }))).toEqual([
				{ id: 'lake-at-dawn', deleted: 'true' },
				{ id: 'gone', deleted: 'false' },
				{ id: 'hills-in-fog', deleted: 'true' },
			]);
			expect(items[1]).toMatchObject({
				error: expect.stringContaining('was not found'),
				description: expect.stringContaining('The ID may be wrong'),
				httpCode: '404',
				magicHour: 'null',
			});
		});

		it('sees it on the error output', async () => {
			const { editor } = session();
			await editor.openTab('Settings');
			await editor.choose('onError', 'Continue (using error output)');
			await editor.openTab('Parameters');
			await editor.executeNode();
			expect(await editor.outputBranches()).toEqual([
				expect.stringMatching(/^Success.*2 items/s),
				expect.stringMatching(/^Error.*1 item/s),
			]);
			await editor.showOutputAs('Table');
			await editor.takeScreenshot('walk-d-success-branch');
			expect((await editor.outputTable()).map(({ id }) => id)).toEqual([
				'lake-at-dawn',
				'hills-in-fog',
			]);
			await editor.openBranch('Error');
			await editor.takeScreenshot('walk-d-error-branch');
			expect(await editor.outputTable()).toEqual([
				expect.objectContaining({
					project: 'gone',
					error: expect.stringContaining('was not found'),
				}),
			]);
			await editor.closeNode();
			await editor.takeScreenshot('walk-d-canvas');
		});
	});

	it('is told that a key is wrong, and that a prompt is missing', async () => {
		const { sandbox, editor } = session();
		await openChain('A wrong key');
		await editor.searchNextNode('magic hour');
		await editor.addNode('Magic Hour', 'Generate image');
		await editor.openCredentialDialog();
		await editor.saveCredential({ apiKey: 'mhk_live_wrong', baseUrl: sandbox.url });
		// n8n 1.x loses the answer on the way to the credential's own texts, and shows one of its own.
		await editor.waitForCredentialError(
			majorVersion(version) < 2 ? 'Authorization failed' : 'Magic Hour rejected this API key',
		);
		await editor.takeScreenshot('walk-e-wrong-key');
		await editor.closeCredentialDialog();

		sandbox.requests.length = 0;
		await editor.executeNode();
		expect(await editor.notification('issues')).toContain('execut');
		await editor.readIssue('prompt', 'Parameter "Prompt" is required');
		await editor.takeScreenshotAsIs('walk-e-empty-prompt');
		expect(sandbox.requests).toEqual([]);

		await editor.enter('prompt', 'A lighthouse');
		await editor.executeNode();
		const { message, description } = await editor.outputError();
		await editor.takeScreenshot('walk-e-wrong-key-in-node');
		expect(`${message} ${description}`).toContain('API key');
		expect(await editor.errorDetails()).toMatchObject({ 'Error code': '401' });
	});

	it('gives the node to an agent as a tool, and describes what the model defines', async () => {
		const { n8n, sandbox, editor } = session();
		const model = await startModel(generateOnce);
		try {
			const modelCredential = await n8n.createCredential(modelCredentialFor(model));
			const stored = await n8n.importWorkflow(
				agentWorkflow({
					text: 'A lighthouse, please',
					agentVersion: 2.2,
					usesResponsesApi: false,
					url: model.url,
					modelCredential,
					tool: {
						name: 'Generate an image',
						parameters: { resource: 'imageProject', operation: 'generate' },
						credential: await storeCredential(),
					},
				}),
			);
			await editor.openWorkflow(stored);
			await editor.openNode('Generate an image');
			await editor.letModelDefine('prompt', 'What the image shows, in one sentence');
			await editor.takeScreenshot('walk-f-tool');
			await editor.closeNode();
			await editor.executeWorkflow();
			await editor.openNode('Agent');
			await editor.showOutputAs('JSON');
			await editor.waitForOutput('The tool said');
			await editor.takeScreenshot('walk-f-answer');

			const { tools } = required(model.questions[0], 'question');
			expect(tools.map(({ name }) => name)).toEqual(['Generate_an_image']);
			expect(Object.values(required(tools[0], 'tool').parameters.properties)).toEqual([
				expect.objectContaining({ description: 'What the image shows, in one sentence' }),
			]);
			expect(sandbox.requests[0]?.body).toMatchObject({ style: { prompt: 'A lighthouse' } });
		} finally {
			await model.close();
		}
	});

	it('starts a workflow when an image is complete', async () => {
		const { n8n, sandbox, editor } = session();
		const openTrigger = async (data: Parameters<typeof credentialFor>[1]) => {
			const events = ['image.completed', 'video.completed'];
			const trigger = triggerNode(await storeCredential(data), { events });
			const links = chain('Trigger', 'Next');
			const file = workflow('When it is complete', [trigger, noOp('Next')], links);
			const stored = await n8n.importWorkflow(file);
			await editor.openWorkflow(stored);
			return { trigger, stored };
		};

		await openTrigger({ webhookSecret: '' });
		await editor.publish();
		const refusal = await editor.notification('Webhook Secret');
		await editor.takeScreenshotAsIs('walk-g-publish-refused');
		expect(refusal).toContain('credential');

		await openTrigger({ webhookSecret: '' });
		await editor.openNode('Trigger');
		await editor.listenForTestEvent();
		expect(await editor.notification('Webhook Secret')).toContain('credential');
		await editor.takeScreenshotAsIs('walk-g-listening-refused');

		const { trigger } = await openTrigger({});
		await editor.takeScreenshot('walk-g-canvas');
		await editor.openNode('Trigger');
		expect(await editor.docsLink()).toMatch(readmeUrl);
		await editor.showProductionUrl();
		const text = await editor.panelText();
		expect(text).toContain("Magic Hour's Developer Hub");
		expect(text).toContain('test URL');
		expect(text).toContain('production URL');
		expect(text).toContain('Image Completed');
		expect(text).toContain(n8n.url + triggerPath(trigger));
		await editor.takeScreenshot('trigger');

		await editor.listenForTestEvent();
		await editor.waitUntilListening();
		await editor.takeScreenshot('walk-g-listening');
		sandbox.webhooks.register(n8n.url + testTriggerPath(trigger));
		const id = sandbox.projects.create({ name: 'Lighthouse', isFinished: true });
		await sandbox.webhooks.settled();
		await editor.showOutputAs('Table');
		const [item] = await editor.outputTable();
		await editor.takeScreenshot('walk-g-event');
		expect(item).toMatchObject({
			event: 'image.completed',
			project: expect.stringContaining(id),
		});
	});
});

/** The script of a model that calls its tool once, and repeats what it said. */
function generateOnce({ tools, toolResults }: Question): Reply {
	if (toolResults.length > 0) return { say: `The tool said: ${toolResults.join('; ')}` };
	const { name, parameters } = required(tools[0], 'tool');
	const [parameter = ''] = Object.keys(parameters.properties);
	return { call: { tool: name, parameters: { [parameter]: 'A lighthouse' } } };
}
