import { NodeHelpers, type INode } from 'n8n-workflow';
import type { Browser } from 'playwright-core';
import { MagicHour } from '../../nodes/MagicHour/MagicHour.node.js';
import { operationsOf } from '../description/operations';
import { owner, suiteServers } from '../e2e/servers';
import { credentialReference, manualTrigger, node, workflow } from '../e2e/workflows';
import {
	N8nClient,
	type StoredCredential,
	type WorkflowFile,
	type WorkflowNode,
} from '../n8n/client';
import { defaultVersion } from '../n8n/versions';
import { Editor, startBrowser } from './editor';
import { screenshotFile } from './fixture';

/** More at a glance is a wall. So many has only an animation, for which the API asks for all of them. */
const mostFields = 15;

const { description } = new MagicHour();
const operations = operationsOf(description);

/** @returns the names of the fields of a new node that does this */
function fieldsOfNew(node: INode): string[] {
	const { properties } = description;
	const filled = { ...node.parameters };
	const parameters =
		NodeHelpers.getNodeParameters(properties, filled, true, false, node, description) ?? {};
	return properties
		.filter((field) => NodeHelpers.displayParameter(parameters, field, node, description))
		.map(({ displayName }) => displayName);
}

/** A new node for each of the operations, which is named after it. */
const panels = operations.map(({ resource, option, place }) => {
	const parameters = { resource: place[0], operation: place[1] };
	return {
		node: node(`${resource} → ${option.name}`, 'n8n-nodes-magic-hour.magicHour', 1, parameters),
		picture: place.join('-'),
	};
});

/** @returns a workflow in which all of them stand side by side, so that each can be clicked */
function workflowOf(credential: StoredCredential): WorkflowFile {
	const trigger = manualTrigger();
	const credentials = credentialReference(credential);
	const nodes = panels.map(({ node }) => ({ ...node, credentials }));
	const links = nodes.map(({ name }) => ({ from: trigger.name, to: name }));
	const file = workflow('Panels', [trigger, ...nodes], links);
	const placed = file.nodes.map((node, index): WorkflowNode => {
		return { ...node, position: [220 * (index % 8), 220 * Math.floor(index / 8)] };
	});
	return { ...file, nodes: placed };
}

let browser: Browser;
beforeAll(async () => {
	browser = await startBrowser();
});
afterAll(async () => await browser.close());

const servers = suiteServers().filter(({ version }) => version === defaultVersion);

describe.each(servers)('in the editor of n8n $version', ({ version, url }) => {
	const n8n = new N8nClient(url, version);
	let editor: Editor;

	beforeAll(async () => {
		await n8n.logIn(owner);
		const credential = await n8n.createCredential({
			name: 'Magic Hour sandbox',
			type: 'magicHourApi',
			data: { apiKey: 'mhk_live_panels', baseUrl: url },
		});
		editor = await Editor.open(browser, url, owner, (name) =>
			screenshotFile(version, `panels/${name}`),
		);
		await editor.setHeight(1400);
		await editor.openWorkflow(await n8n.importWorkflow(workflowOf(credential)));
	});
	afterEach(async () => await editor.closeNode());
	afterAll(async () => await editor.close());

	it.each(panels)('the panel of $node.name can be read', async ({ node, picture }) => {
		await editor.openNode(node.name);
		await editor.takeScreenshot(picture);

		const expected = fieldsOfNew(node as INode);
		const shown = await editor.parameterNames();
		expect(shown.filter((name) => expected.includes(name))).toEqual(expected);
		expect(expected.length).toBeLessThanOrEqual(mostFields);
		expect(await editor.clippedLabels()).toEqual([]);
	});
});
