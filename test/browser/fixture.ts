import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { owner, suiteServers } from '../e2e/servers';
import { N8nClient } from '../n8n/client';
import { cloneFolder, repositoryFolder } from '../n8n/folders';
import { defaultVersion } from '../n8n/versions';
import { startSandbox, type Sandbox } from '../sandbox/sandbox';
import { Editor, startBrowser } from './editor';

/** What the tests of the editor have at hand in one version of n8n. */
export interface Session {
	n8n: N8nClient;
	/** As new in each test. */
	sandbox: Sandbox;
	/** A window that is as good as new in each test. */
	editor: Editor;
}

/**
 * Defines tests in the editor of every version of n8n.
 *
 * @param define is handed a function that gives the session, once the tests run, and n8n's version
 */
export function describeInEachEditor(
	subject: string,
	define: (session: () => Session, version: string) => void,
): void {
	describe.each(suiteServers())(`in the editor of n8n $version, ${subject}`, ({ version, url }) => {
		const n8n = new N8nClient(url, version);
		let browser: Browser | undefined;
		let sandbox: Sandbox | undefined;
		let editor: Editor | undefined;

		beforeAll(async () => {
			browser = await startBrowser();
			await n8n.logIn(owner);
			sandbox = await startSandbox();
			editor = await Editor.open(browser, url, owner, (name) => screenshotFile(version, name));
		});
		afterAll(async () => {
			await sandbox?.close();
			await browser?.close();
		});
		beforeEach(async () => {
			sandbox?.reset();
			await editor?.startOver();
		});

		define(() => {
			if (sandbox === undefined || editor === undefined) throw new Error('n8n is not running');
			return { n8n, sandbox, editor };
		}, version);
	});
}

/**
 * @param name of a picture, without its extension
 * @returns where it goes: one that the README shows, of the version that it shows, to where it has it
 */
export function screenshotFile(version: string, name: string): string {
	const { SCREENSHOTS_FOLDER: folder } = process.env;
	const file = `${name}.png`;
	if (folder !== undefined && version === defaultVersion && readmePictures().includes(file)) {
		return resolve(folder, file);
	}
	return join(cloneFolder(), 'screenshots', version, file);
}

function readmePictures(): string[] {
	const readme = readFileSync(join(repositoryFolder, 'README.md'), 'utf8');
	return Array.from(readme.matchAll(/docs\/images\/([\w/-]+\.png)/g), ([, file = '']) => file);
}
