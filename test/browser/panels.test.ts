import { NodeHelpers, type INode } from 'n8n-workflow';
import type { Browser } from 'playwright-core';
import { MagicHour } from '../../nodes/MagicHour/MagicHour.node.js';
import { operationsOf } from '../description/operations';
import { owner, suiteServers } from '../e2e/servers';
import { manualTrigger, node, workflow } from '../e2e/workflows';
import { N8nClient } from '../n8n/client';
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
		editor = await Editor.open(browser, url, owner, (name) =>
			screenshotFile(version, `panels/${name}`),
		);
		await editor.setHeight(1400);
	});
	afterAll(async () => await editor.close());

	it.each(operations)('the panel of $resource → $option.name can be read', async ({ place }) => {
		const [resource, operation] = place;
		const magicHour = node('Magic Hour', 'n8n-nodes-magic-hour.magicHour', 1, {
			resource,
			operation,
		});
		const trigger = manualTrigger();
		const links = [{ from: trigger.name, to: magicHour.name }];
		const stored = await n8n.importWorkflow(workflow('Panel', [trigger, magicHour], links));

		await editor.openWorkflow(stored);
		await editor.openNode(magicHour.name);
		await editor.takeScreenshot(`${resource}-${operation}`);

		const expected = fieldsOfNew(magicHour as INode);
		const shown = await editor.parameterNames();
		expect(shown.filter((name) => expected.includes(name))).toEqual(expected);
		expect(expected.length).toBeLessThanOrEqual(mostFields);
		expect(await editor.clippedLabels()).toEqual([]);
	});
});
