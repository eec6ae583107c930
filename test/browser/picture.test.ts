import { credentialFor } from '../e2e/fixture';
import { importExamples, readExamples } from '../start/examples';
import { required } from '../required';
import { describeInEachEditor } from './fixture';

describeInEachEditor('the first picture of the README', (session) => {
	it('shows a workflow that generates an image, and the image', async () => {
		const { n8n, sandbox, editor } = session();
		const examples = (await readExamples()).filter(({ name }) => name === 'Generate an Image');
		const credential = await n8n.createCredential(credentialFor(sandbox));
		const stored = required((await importExamples(n8n, examples, [credential]))[0], 'example');
		await editor.setHeight(1080);
		await editor.openWorkflow(stored);
		await editor.executeWorkflow();
		await editor.waitUntilExecuted();
		await editor.openLogs(480);
		const { width, height } = await editor.viewPictureInLogs();
		expect(Math.min(width, height)).toBeGreaterThan(0);
		await editor.showWholeWorkflow();
		for (const theme of ['light', 'dark'] as const) {
			await editor.setTheme(theme);
			await editor.takeScreenshot(`picture-${theme}`);
		}
	});
});
