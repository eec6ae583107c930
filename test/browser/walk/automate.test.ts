import { agentWorkflow } from '../../e2e/agent';
import {
	chain,
	noOp,
	testTriggerPath,
	triggerNode,
	triggerPath,
	workflow,
} from '../../e2e/workflows';
import { modelCredentialFor, startModel, type Question, type Reply } from '../../model/model';
import { required } from '../../required';
import { describeInEachEditor } from '../fixture';
import { readmeUrl, storeCredential } from './newcomer';

describeInEachEditor('a newcomer who automates', (session) => {
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
						credential: await storeCredential(session()),
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
		const openTrigger = async (data: Parameters<typeof storeCredential>[1]) => {
			const events = ['image.completed', 'video.completed'];
			const trigger = triggerNode(await storeCredential(session(), data), { events });
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
