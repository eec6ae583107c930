import type { IDataObject } from 'n8n-workflow';
import { credentialFor, deleteRequest, sortedRequests } from '../e2e/fixture';
import { credentialReference, deleteNode, manualTrigger, node, workflow } from '../e2e/workflows';
import type { Workflow, WorkflowNode } from '../n8n/client';
import type { Theme } from './editor';
import { describeInEachEditor } from './fixture';

describeInEachEditor('a person', (session) => {
	/** Stores a workflow that begins with these projects, for the next nodes to take. */
	async function storeWorkflow(projects: string[], ...next: WorkflowNode[]): Promise<Workflow> {
		const rows = projects.map((project) => ({ project }));
		return await storeNamedWorkflow('Delete old images', rows, ...next);
	}

	async function storeNamedWorkflow(
		name: string,
		rows: IDataObject[],
		...next: WorkflowNode[]
	): Promise<Workflow> {
		const { n8n } = session();
		const trigger = manualTrigger();
		const nodes = [trigger, ...next];
		const links = next.map((node) => ({ from: trigger.name, to: node.name }));
		const pinData = { [trigger.name]: rows.map((json) => ({ json })) };
		return await n8n.importWorkflow({ ...workflow(name, nodes, links), pinData });
	}

	it('deletes image projects whose IDs come from the items', async () => {
		const { n8n, sandbox, editor } = session();
		const projects = ['lake-at-dawn', 'hills-in-fog'];
		for (const id of projects) sandbox.projects.create({ id });
		const credential = await n8n.createCredential(credentialFor(sandbox));
		await editor.openWorkflow(await storeWorkflow(projects, deleteNode(credential, { id: '' })));
		await editor.openNode('Delete');
		expect(await editor.parameterNames()).toEqual(
			expect.arrayContaining(['Resource', 'Operation', 'Project ID']),
		);

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
		const { editor } = session();
		const untouched = node('Magic Hour', 'n8n-nodes-magic-hour.magicHour', 1, {});
		await editor.openWorkflow(await storeWorkflow([], untouched));
		await editor.openNode(untouched.name);
		const names = await editor.parameterNames();
		expect(names).toEqual(expect.arrayContaining(['Resource', 'Operation', 'Prompt']));
		expect(names).not.toContain('Project ID');
	});

	it('generates an image from the prompt of the item', async () => {
		const { n8n, sandbox, editor } = session();
		const credential = await n8n.createCredential(credentialFor(sandbox));
		const generate = node(
			'Generate image',
			'n8n-nodes-magic-hour.magicHour',
			1,
			{
				resource: 'imageProject',
				operation: 'generate',
				prompt: '={{ $json.prompt }}',
				imageCount: 1,
				output: 'completedProject',
				options: { name: 'Lake', aspectRatio: '16:9' },
			},
			{ credentials: credentialReference(credential) },
		);
		await editor.openWorkflow(
			await storeNamedWorkflow(
				'Generate an image',
				[{ prompt: 'A lake at dawn, watercolor' }],
				generate,
			),
		);
		await editor.openNode(generate.name);
		await editor.executeNode();
		const rows = await editor.outputRows();
		expect(rows[0]?.[0]).toBe(sandbox.projects.ids().join());
		await editor.takeScreenshot('generate');
	});

	it('enters the secrets of several webhooks, one a line', async () => {
		const { editor } = session();
		await editor.openWorkflow(await storeWorkflow([]));
		await editor.searchNextNode('magic hour');
		await editor.addNode('Magic Hour', 'Delete image project');
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
		const { n8n, sandbox, editor } = session();
		const credential = await n8n.createCredential(credentialFor(sandbox));
		await editor.setTheme(theme);
		await editor.openWorkflow(await storeWorkflow(['lake-at-dawn'], deleteNode(credential)));
		const icon = await editor.readIcon('Delete');
		expect(icon.file).toBe(file);
		expect(icon.width).toBeGreaterThan(16);
		await editor.takeScreenshot(`canvas-${theme}`);
	});
});
