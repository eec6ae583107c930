/// <reference lib="dom" />
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, selectors, type Browser, type Locator, type Page } from 'playwright-core';
import type { Owner, Workflow } from '../n8n/client';

/** The colours that a person has chosen. */
export type Theme = 'light' | 'dark';

const timeout = 60_000;

/** A browser needs none of these here, and some of them look for something on the internet. */
const switches = [
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-gpu',
	'--disable-quic',
	'--disable-sync',
	'--no-first-run',
	// The suite also runs as root, for whom Chromium's sandbox does not work.
	'--no-sandbox',
];

/** Starts Chromium without a window. The caller closes it. */
export async function startBrowser(): Promise<Browser> {
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: switches,
	});
}

/** n8n's editor, as a person uses it. */
export class Editor {
	private constructor(
		private readonly url: string,
		private readonly page: Page,
		private readonly screenshotsFolder: string,
	) {}

	/** Opens a window of its own, signed in at an n8n. */
	static async open(
		browser: Browser,
		url: string,
		{ email, password }: Owner,
		screenshotsFolder: string,
	): Promise<Editor> {
		const context = await browser.newContext({
			viewport: { width: 1440, height: 800 },
			locale: 'en-US',
			colorScheme: 'light',
		});
		await context.request.post(`${url}/rest/login`, {
			data: { email, emailOrLdapLoginId: email, password },
			failOnStatusCode: true,
		});
		const page = await context.newPage();
		page.setDefaultTimeout(timeout);
		await mkdir(screenshotsFolder, { recursive: true });
		return new Editor(url, page, screenshotsFolder);
	}

	/** Makes room for so many pixels of the page's height. */
	async setHeight(height: number): Promise<void> {
		await this.page.setViewportSize({ width: 1440, height });
	}

	async close(): Promise<void> {
		await this.page.context().close();
	}

	async openWorkflow({ id }: Workflow): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** Has the editor look as it does for a person with that theme. */
	async setTheme(theme: Theme): Promise<void> {
		await this.page.emulateMedia({ colorScheme: theme });
	}

	/**
	 * Clicks the plus behind the last node, and searches in the panel that it opens.
	 *
	 * @returns the names of what is found
	 */
	async searchNextNode(text: string): Promise<string[]> {
		await this.page.getByTestId('canvas-handle-plus').last().click();
		await this.page.getByTestId('node-creator-search-bar').fill(text);
		const names = this.page.getByTestId('node-creator-item-name');
		await names
			.filter({ hasText: new RegExp(text, 'i') })
			.first()
			.waitFor();
		return (await names.allInnerTexts()).map((name) => name.trim());
	}

	/** Picks what a search has found, and then one of its actions: the node opens. */
	async addNode(found: string, action: string): Promise<void> {
		const items = this.page.getByTestId('item-iterator-item');
		await items.filter({ hasText: found }).click();
		await items.filter({ hasText: action }).click();
		await this.ndv.waitFor();
	}

	/** Opens a node of the canvas. */
	async openNode(name: string): Promise<void> {
		await this.canvasNode(name).dblclick();
		await this.ndv.waitFor();
	}

	/** @returns the names of the open node's parameters and settings */
	async parameterNames(): Promise<string[]> {
		const labels = await this.ndv.getByTestId('input-label').allInnerTexts();
		return labels.map((label) => label.replace(/\n.*/s, '').trim());
	}

	/** @returns the labels of the open node that are cut off, since there is no room for them */
	async clippedLabels(): Promise<string[]> {
		return await this.ndv.getByTestId('input-label').evaluateAll((labels: HTMLElement[]) =>
			labels
				.flatMap((label) => [
					label,
					...Array.from(label.querySelectorAll<HTMLElement>('label, span')),
				])
				.filter((text) => text.scrollWidth > text.clientWidth + 1 && text.clientWidth > 0)
				.map((text) => text.innerText.trim())
				.filter((text) => text !== ''),
		);
	}

	/** Unfolds the addresses of the open trigger, and has it show the one for production. */
	async showProductionUrl(): Promise<void> {
		await this.ndv.getByTitle(/display webhook URLs/i).click();
		await this.ndv.getByText('Production URL', { exact: true }).click();
		await this.ndv.getByText(/\/webhook\//).waitFor();
	}

	/** @returns all that the open node shows */
	async panelText(): Promise<string> {
		return await this.ndv.innerText();
	}

	/** Begins to make a credential for the open node, in a dialog. */
	async openCredentialDialog(): Promise<void> {
		const connect = this.ndv.getByRole('button', { name: /^(connect to|set up)/i });
		const select = this.ndv.getByTestId('node-credentials-select');
		await connect.or(select).first().click();
		const makeOne = this.page.getByTestId('node-credentials-select-item-new');
		await this.credentialDialog.or(makeOne).first().waitFor();
		if (await makeOne.isVisible()) await makeOne.click();
		// n8n names a new credential after its dialog has opened, and saves none without a name.
		await this.credentialDialog.getByTestId('credential-name').waitFor();
	}

	/** Pastes a text into a field of the credential's dialog, as from the clipboard. */
	async pasteIntoCredential(name: string, text: string): Promise<void> {
		await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
		await this.page.evaluate(async (content) => await navigator.clipboard.writeText(content), text);
		await this.credentialField(name).click();
		await this.page.keyboard.press('ControlOrMeta+V');
	}

	/** @returns what a field of the credential's dialog holds */
	async credentialValue(name: string): Promise<string> {
		return await this.credentialField(name).inputValue();
	}

	/** Fills the fields of the credential's dialog, and saves them; n8n then tests the credential. */
	async saveCredential(fields: Record<string, string>): Promise<void> {
		for (const [name, value] of Object.entries(fields)) {
			await this.credentialDialog
				.getByTestId(`parameter-input-${name}`)
				.locator('input')
				.fill(value);
		}
		await this.credentialDialog.getByTestId('credential-save-button').click();
	}

	/** Waits until n8n has tested a saved credential with success, and leaves its dialog open. */
	async waitForCredentialSuccess(): Promise<void> {
		const passed = this.credentialDialog.getByText('Connection tested successfully');
		const closed = this.credentialDialog.waitFor({ state: 'hidden' });
		await Promise.race([closed, passed.waitFor()]);
		// n8n 2.x closes the dialog of a good credential, and tests it again when it is opened.
		if (await this.credentialDialog.isHidden()) {
			await this.ndv.getByTestId('credential-edit-button').click();
		}
		await passed.waitFor();
		await this.credentialDialog.getByText('Retry').waitFor();
	}

	/** Waits until n8n tells, in the details of a failed test, this of a saved credential. */
	async waitForCredentialError(text: string): Promise<void> {
		const details = this.credentialDialog.getByText('More details');
		const said = this.credentialDialog.getByText(text);
		await details.or(said).first().waitFor();
		if (await details.isVisible()) await details.click();
		await said.waitFor();
	}

	/** Closes the credential's dialog. */
	async closeCredentialDialog(): Promise<void> {
		await this.credentialDialog.getByRole('button', { name: /close/i }).first().click();
		await this.credentialDialog.waitFor({ state: 'hidden' });
	}

	/** Drags a field of the input to a parameter of the open node, which makes it an expression. */
	async dragField(field: string, parameter: string): Promise<void> {
		await this.ndv
			.getByTestId('ndv-input-panel')
			.getByText(field, { exact: true })
			.first()
			.dragTo(this.ndv.getByTestId(`parameter-input-${parameter}`));
	}

	/** @returns the expression of a parameter of the open node */
	async readExpression(parameter: string): Promise<string> {
		const content = this.ndv.getByTestId(`parameter-input-${parameter}`).locator('.cm-content');
		await content.filter({ hasText: '{{' }).waitFor();
		return await content.innerText();
	}

	async executeNode(): Promise<void> {
		await this.ndv.getByTestId('node-execute-button').click();
	}

	/** @returns the rows of the table that the open node has put out, without its head */
	async outputRows(): Promise<string[][]> {
		const rows = this.output.locator('tbody tr');
		await rows.first().waitFor();
		const texts = await Promise.all(
			(await rows.all()).map(async (row) => await row.locator('td').allInnerTexts()),
		);
		return texts.map((cells) => cells.map((cell) => cell.trim()).filter((cell) => cell !== ''));
	}

	/** @returns what the open node shows of its error */
	async outputError(): Promise<{ message: string; description: string }> {
		return {
			message: await this.output.getByTestId('node-error-message').innerText(),
			description: await this.output.getByTestId('node-error-description').innerText(),
		};
	}

	/** @returns the icon of a node on the canvas: its file, and its width on the screen, in pixels */
	async readIcon(name: string): Promise<{ file: string; width: number }> {
		const icon = this.canvasNode(name).locator('img').first();
		return await icon.evaluate(async (image: HTMLImageElement) => {
			await image.decode();
			return { file: new URL(image.src).pathname.split('/').at(-1) ?? '', width: image.width };
		});
	}

	/** Takes a picture of the window, without what n8n tells in passing. */
	async takeScreenshot(name: string): Promise<void> {
		await this.dismissNotifications();
		await this.page.mouse.move(720, 1);
		await this.page.screenshot({
			path: join(this.screenshotsFolder, `${name}.png`),
			animations: 'disabled',
			caret: 'hide',
		});
	}

	private async dismissNotifications(): Promise<void> {
		// They come and go by themselves, so that one may be gone before a mouse would reach it; and
		// one that is just coming takes no notice of a click.
		const notifications = this.page.locator('.el-notification');
		const deadline = Date.now() + timeout;
		while ((await notifications.count()) > 0) {
			if (Date.now() > deadline) throw new Error('A notification does not go away');
			await notifications
				.locator('.el-notification__closeBtn')
				.evaluateAll((buttons: HTMLElement[]) => buttons.forEach((button) => button.click()));
			await this.page.waitForTimeout(100);
		}
	}

	private get ndv(): Locator {
		return this.page.getByTestId('ndv');
	}

	private get output(): Locator {
		return this.page.getByTestId('output-panel');
	}

	private credentialField(name: string): Locator {
		return this.credentialDialog
			.getByTestId(`parameter-input-${name}`)
			.locator('input, textarea')
			.first();
	}

	private get credentialDialog(): Locator {
		return this.page.getByTestId('editCredential-modal');
	}

	private canvasNode(name: string): Locator {
		return this.page.getByTestId('canvas-node').filter({ hasText: name });
	}
}
