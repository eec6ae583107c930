import { waitUntil } from '../../e2e/waitUntil';
import { majorVersion } from '../../n8n/versions';
import { describeInEachEditor } from '../fixture';
import { magicHourNode, openChain, readmeUrl, storeCredential } from './newcomer';

const keysUrl = 'https://magichour.ai/developer?tab=api-keys';

describeInEachEditor('a newcomer who generates', (session, version) => {
	it('finds the node, connects an account, and generates a picture', async () => {
		const { sandbox, editor } = session();
		await openChain(session(), 'My first image');

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
			await openChain(session(), 'Search');
			expect(await editor.searchNextNode(query, 'Magic Hour')).toContain('Magic Hour');
			await editor.takeScreenshot(`walk-search-${query.replaceAll(' ', '-')}`);
		},
	);

	it('stops the wait for a video, and finds the video again', async () => {
		const { sandbox, editor } = session();
		const credential = await storeCredential(session());
		const generate = { resource: 'videoProject', operation: 'generateFromText', prompt: 'Waves' };
		await editor.registerN8n();
		await openChain(session(), 'A video', magicHourNode('Generate a video', generate, credential));
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
			session(),
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

	it('is told that a key is wrong, and that a prompt is missing', async () => {
		const { sandbox, editor } = session();
		await openChain(session(), 'A wrong key');
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
});
