import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { credentialFor, deleteRequest, sortedRequests } from '../e2e/fixture';
import { owner, suiteServers } from '../e2e/servers';
import {
	deleteNode,
	noOp,
	manualTrigger,
	node,
	credentialReference,
	triggerNode,
	triggerPath,
	workflow,
} from '../e2e/workflows';
import { N8nClient, type Workflow, type WorkflowNode } from '../n8n/client';
import { cloneFolder } from '../n8n/folders';
import { defaultVersion, majorVersion } from '../n8n/versions';
import { startSandbox, type Sandbox } from '../sandbox/sandbox';
import { Editor, startBrowser, type Theme } from './editor';

const notFound = 'The image project "lake-at-dawn" was not found';
const { SCREENSHOTS_FOLDER: screenshotsFolder } = process.env;

let browser: Browser;
beforeAll(async () => {
	browser = await startBrowser();
});
afterAll(async () => await browser.close());

describe.each(suiteServers())('in the editor of n8n $version, a person', ({ version, url }) => {
	const n8n = new N8nClient(url, version);
	let sandbox: Sandbox;
	let editor: Editor;

	beforeAll(async () => {
		await n8n.logIn(owner);
		sandbox = await startSandbox();
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => {
		sandbox.reset();
		editor = await Editor.open(browser, url, owner, screenshotsFolderFor(version));
	});
	afterEach(async () => await editor.close());

	/** Stores a workflow that begins with these projects, for the next nodes to take. */
	async function storeWorkflow(projects: string[], ...next: WorkflowNode[]): Promise<Workflow> {
		const trigger = manualTrigger();
		const nodes = [trigger, ...next];
		const links = next.map(({ name }) => ({ from: trigger.name, to: name }));
		const file = workflow('Delete old images', nodes, links);
		const pinData = { [trigger.name]: projects.map((project) => ({ json: { project } })) };
		return await n8n.importWorkflow({ ...file, pinData });
	}

	it('finds the node, connects an account, and deletes image projects', async () => {
		const projects = ['lake-at-dawn', 'hills-in-fog'];
		for (const id of projects) sandbox.projects.create({ id });
		await editor.openWorkflow(await storeWorkflow(projects));

		expect(await editor.searchNextNode('magic hour')).toEqual(['Magic Hour']);
		await editor.takeScreenshot('node-panel');
		await editor.addNode('Magic Hour', 'Delete an image project');
		expect(await editor.parameterNames()).toEqual(
			expect.arrayContaining(['Resource', 'Operation', 'Image Project ID']),
		);

		await editor.openCredentialDialog();
		await editor.saveCredential({ apiKey: sandbox.apiKey, baseUrl: sandbox.url });
		await editor.waitForCredentialSuccess();
		await editor.takeScreenshot('credential');
		await editor.closeCredentialDialog();

		await editor.dragField('project', 'id');
		expect(await editor.readExpression('id')).toBe('{{ $json.project }}');
		await editor.takeScreenshot('node');
		expect(sandbox.projects.ids()).toEqual(projects);

		await editor.executeNode();
		expect(await editor.outputRows()).toEqual([
			['lake-at-dawn', 'true'],
			['hills-in-fog', 'true'],
		]);
		await editor.takeScreenshot('result');
		expect(sandbox.projects.ids()).toEqual([]);
		expect(
			sortedRequests(sandbox.requests).filter((request) => request.startsWith('DELETE')),
		).toEqual([...projects].sort().map(deleteRequest));
	});

	it('sees no deletion in a node that is as it comes', async () => {
		const untouched = node('Magic Hour', 'n8n-nodes-magic-hour.magicHour', 1, {});
		await editor.openWorkflow(await storeWorkflow([], untouched));
		await editor.openNode(untouched.name);
		const names = await editor.parameterNames();
		expect(names).toEqual(expect.arrayContaining(['Resource', 'Operation', 'Prompt']));
		expect(names).not.toContain('Image Project ID');
	});

	it('makes an image of what the items say', async () => {
		const credential = await n8n.createCredential(credentialFor(sandbox));
		const generate = node(
			'Generate an image',
			'n8n-nodes-magic-hour.magicHour',
			1,
			{
				resource: 'imageProject',
				operation: 'generate',
				prompt: '={{ $json.project }}, watercolor',
				imageCount: 1,
				output: 'projectId',
				options: { aspectRatio: '16:9' },
			},
			{ credentials: credentialReference(credential) },
		);
		await editor.openWorkflow(await storeWorkflow(['A lake at dawn'], generate));
		await editor.openNode(generate.name);
		await editor.executeNode();
		const rows = await editor.outputRows();
		expect(rows[0]?.[0]).toBe(sandbox.projects.ids().join());
		await editor.takeScreenshot('generate');
	});

	it('is told that a key is not accepted', async () => {
		await editor.openWorkflow(await storeWorkflow([]));
		await editor.searchNextNode('magic hour');
		await editor.addNode('Magic Hour', 'Delete an image project');
		await editor.openCredentialDialog();
		await editor.saveCredential({ apiKey: 'mhk_live_wrong', baseUrl: sandbox.url });
		// n8n 1.x loses the answer on the way to the credential's own texts, and shows one of its own.
		await editor.waitForCredentialError(
			majorVersion(version) < 2
				? 'Authorization failed'
				: 'Magic Hour does not accept this API key',
		);
	});

	it('reads what failed, and what to do', async () => {
		const credential = await n8n.createCredential(credentialFor(sandbox));
		await editor.openWorkflow(await storeWorkflow(['lake-at-dawn'], deleteNode(credential)));
		await editor.openNode('Delete');
		await editor.executeNode();
		const { message, description } = await editor.outputError();
		expect(message).toContain(notFound);
		expect(description).toContain('switch on Ignore Already Deleted under Options');
		await editor.takeScreenshot('error');
	});

	it('sees where to register the webhook, and which events there are', async () => {
		const credential = await n8n.createCredential(credentialFor(sandbox));
		const trigger = triggerNode(credential, { events: ['image.completed', 'video.completed'] });
		const file = workflow('When it is finished', [trigger, noOp('Next')], []);
		await editor.openWorkflow(await n8n.importWorkflow(file));
		await editor.openNode('Trigger');
		await editor.showProductionUrl();
		expect(await editor.parameterNames()).toEqual(expect.arrayContaining(['Events', 'Options']));
		const text = await editor.panelText();
		expect(text).toContain('Magic Hour developer hub');
		expect(text).toContain('Image Completed');
		expect(text).toContain(url + triggerPath(trigger));
		await editor.takeScreenshot('trigger');
	});

	it('enters the secrets of several webhooks, one a line', async () => {
		await editor.openWorkflow(await storeWorkflow([]));
		await editor.searchNextNode('magic hour');
		await editor.addNode('Magic Hour', 'Delete an image project');
		await editor.openCredentialDialog();
		await editor.pasteIntoCredential('webhookSecret', 'mhws_first\nmhws_second\n');
		const entered = await editor.credentialValue('webhookSecret');
		expect(entered.split(/[\s,]+/).filter((secret) => secret !== '')).toEqual([
			'mhws_first',
			'mhws_second',
		]);
	});

	it.each<[Theme, string]>([
		['light', 'magicHour.svg'],
		['dark', 'magicHour.dark.svg'],
	])('sees the icon for the %s theme', async (theme, file) => {
		const credential = await n8n.createCredential(credentialFor(sandbox));
		await editor.setTheme(theme);
		await editor.openWorkflow(await storeWorkflow(['lake-at-dawn'], deleteNode(credential)));
		const icon = await editor.readIcon('Delete');
		expect(icon.file).toBe(file);
		expect(icon.width).toBeGreaterThan(16);
		await editor.takeScreenshot(`canvas-${theme}`);
	});
});

/** @returns where pictures go: those of the version that the README shows, to where it has them */
function screenshotsFolderFor(version: string): string {
	if (screenshotsFolder !== undefined && version === defaultVersion) return screenshotsFolder;
	return join(cloneFolder(), 'screenshots', version);
}
