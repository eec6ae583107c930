/// <reference lib="dom" />
import { chromium, selectors, type Browser, type Locator, type Page } from 'playwright-core';
import type { Owner, Workflow } from '../n8n/client';

/** The colors that a person has chosen. */
export type Theme = 'light' | 'dark';

const timeout = 60_000;

/** The size of a window, in pixels. */
const usualSize = { width: 1440, height: 800 };

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

/** What stands on the canvas to work with, but does not belong to the workflow. */
const hiddenInPictures = `
	.vue-flow__panel, .vue-flow__minimap, .vue-flow__background,
	.vue-flow ~ *, [data-test-id='canvas-handle-plus-wrapper'] { visibility: hidden !important; }
	.vue-flow__pane, .vue-flow { background: #fff !important; }
`;

/**
 * Moves and zooms the canvas until all that is on it stands at its top left. It runs in the page.
 *
 * @returns the place of that on the page
 */
function fitCanvas(canvas: Element, width: number) {
	const margin = 16;
	// The editor's tabs hang over the top of the canvas.
	const tabs = 40;
	const pane = canvas.querySelector<HTMLElement>('.vue-flow__transformationpane');
	if (pane === null) throw new Error('The canvas has no pane');
	const show = (x: number, y: number, zoom: number) => {
		pane.style.setProperty('transform', `translate(${x}px, ${y}px) scale(${zoom})`, 'important');
	};
	show(0, 0, 1);
	const origin = canvas.getBoundingClientRect();
	const isShown = (part: Element | null) =>
		part?.checkVisibility({ opacityProperty: true, visibilityProperty: true }) === true;
	const boxes = Array.from(pane.querySelectorAll('.vue-flow__node, .vue-flow__edge-path')).map(
		(part) => part.getBoundingClientRect(),
	);
	const texts = document.createTreeWalker(pane, NodeFilter.SHOW_TEXT);
	while (texts.nextNode() !== null) {
		const range = document.createRange();
		range.selectNodeContents(texts.currentNode);
		if (isShown(texts.currentNode.parentElement)) boxes.push(...Array.from(range.getClientRects()));
	}
	const left = Math.min(...boxes.map((box) => box.left)) - origin.left;
	const top = Math.min(...boxes.map((box) => box.top)) - origin.top;
	const right = Math.max(...boxes.map((box) => box.right)) - origin.left;
	const bottom = Math.max(...boxes.map((box) => box.bottom)) - origin.top;
	const zoom = Math.min(1, (width - 2 * margin) / (right - left));
	show(margin - left * zoom, tabs + margin - top * zoom, zoom);
	return {
		x: origin.x,
		y: origin.y + tabs,
		width: Math.round((right - left) * zoom + 2 * margin),
		height: Math.round((bottom - top) * zoom + 2 * margin),
	};
}

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
	/** Whether n8n's app is there, and in a state to go on with. */
	private isLoaded = false;
	/** Whether it is that of a registered n8n. */
	private isRegistered = false;

	private constructor(
		private readonly url: string,
		private readonly page: Page,
		private readonly screenshotFile: (name: string) => string,
	) {}

	/**
	 * Opens a window of its own, signed in at an n8n.
	 *
	 * @param screenshotFile gives the path of the file for a picture
	 */
	static async open(
		browser: Browser,
		url: string,
		{ email, password }: Owner,
		screenshotFile: (name: string) => string,
	): Promise<Editor> {
		const context = await browser.newContext({
			viewport: usualSize,
			locale: 'en-US',
			colorScheme: 'light',
		});
		await context.request.post(`${url}/rest/login`, {
			data: { email, emailOrLdapLoginId: email, password },
			failOnStatusCode: true,
		});
		const page = await context.newPage();
		page.setDefaultTimeout(timeout);
		return new Editor(url, page, screenshotFile);
	}

	/** Makes room for so many pixels of the page's height. */
	async setHeight(height: number): Promise<void> {
		await this.page.setViewportSize({ ...usualSize, height });
	}

	async close(): Promise<void> {
		await this.page.context().close();
	}

	/**
	 * Makes the window as good as a new one. Where it can, it leaves the workflow and stays in n8n's app,
	 * which takes ten times as long to load as a workflow takes to open.
	 */
	async startOver(): Promise<void> {
		if (this.isRegistered) {
			await this.page.unrouteAll();
			this.isLoaded = false;
			this.isRegistered = false;
		}
		if (this.isLoaded) await this.leaveWorkflow();
		await this.page.setViewportSize(usualSize);
		await this.setTheme('light');
		// What it remembers of what a person has already seen.
		if (this.page.url() !== 'about:blank') await this.page.evaluate(() => localStorage.clear());
	}

	/** Opens a stored workflow, and leaves the one that is open without saving it. */
	async openWorkflow({ id }: Workflow): Promise<void> {
		const path = `/workflow/${id}`;
		if (this.isLoaded) await this.leaveWorkflow();
		if (this.isLoaded) await this.goTo(path);
		else await this.page.goto(this.url + path);
		await this.page.getByTestId('canvas-node').first().waitFor();
		this.isLoaded = true;
	}

	/** Has the editor look as it does for a person with that theme. */
	async setTheme(theme: Theme): Promise<void> {
		await this.page.emulateMedia({ colorScheme: theme });
	}

	/**
	 * Clicks the plus behind the last node, and searches in the panel that it opens.
	 *
	 * @param expected a name that is to be found
	 * @returns the names of what is found
	 */
	async searchNextNode(text: string, expected = text): Promise<string[]> {
		await this.page.getByTestId('canvas-handle-plus').last().click();
		await this.nodeSearch.fill(text);
		const names = this.page.getByTestId('node-creator-item-name');
		await names
			.filter({ hasText: new RegExp(expected, 'i') })
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

	/** Leaves the open node. */
	async closeNode(): Promise<void> {
		const close = this.ndv.getByTestId('ndv-close-button');
		await close.or(this.ndv.getByText('Back to canvas')).filter({ visible: true }).first().click();
		await this.ndv.waitFor({ state: 'hidden' });
	}

	/** @returns where the Docs of the open node lead */
	async docsLink(): Promise<string> {
		return (await this.ndv.getByRole('link', { name: 'Docs' }).getAttribute('href')) ?? '';
	}

	/** Shows the open node's settings, or its parameters again. */
	async openTab(tab: 'Parameters' | 'Settings'): Promise<void> {
		await this.ndv.getByTestId(tab === 'Settings' ? 'tab-settings' : 'tab-params').click();
	}

	/** Enters a text into a parameter of the open node; into the last one, where a list has several. */
	async enter(parameter: string, text: string): Promise<void> {
		await this.parameterInput(parameter).locator('input, textarea').first().fill(text);
	}

	/** Makes a parameter of the open node an expression, and pastes it. */
	async enterExpression(parameter: string, expression: string): Promise<void> {
		const input = this.parameterInput(parameter);
		await input.hover();
		await this.ndv
			.getByTestId(`${parameter}-parameter-input-options-container`)
			.last()
			.getByTestId('radio-button-expression')
			.click();
		const content = input.locator('.cm-content');
		await content.click();
		await this.page.keyboard.press('ControlOrMeta+A');
		await this.page.keyboard.insertText(expression);
		await content.filter({ hasText: expression }).waitFor();
	}

	/** Picks one of the choices of a parameter, or of a setting, of the open node. */
	async choose(parameter: string, choice: string): Promise<void> {
		await this.parameterInput(parameter).click();
		await this.page
			.getByTestId('parameter-input-item')
			.filter({ visible: true })
			.filter({ has: this.page.getByText(choice, { exact: true }) })
			.click();
	}

	/** Adds an entry to a list of the open node, by the button with that text. */
	async addEntry(button: string): Promise<void> {
		await this.ndv.getByRole('button', { name: button }).click();
	}

	/** @returns what stands below a parameter of the open node */
	async readHint(parameter: string): Promise<string> {
		return await this.field(parameter).innerText();
	}

	/** Points at the warning beside a parameter of the open node, until it says a text. */
	async readIssue(parameter: string, text: string): Promise<void> {
		await this.field(parameter).getByTestId('parameter-issues').hover();
		await this.page.getByText(text).filter({ visible: true }).first().waitFor();
	}

	/** Lets the model of an agent define a parameter of the open tool, as a text describes it to it. */
	async letModelDefine(parameter: string, description: string): Promise<void> {
		const item = this.ndv
			.getByTestId('parameter-item')
			.filter({ has: this.page.getByTestId(`${parameter}-parameter-input-options-container`) });
		await item.hover();
		await item.getByTestId('from-ai-override-button').click();
		await item.getByTestId('fromAI-override-field').waitFor();
		await item.hover();
		await item.getByTestId('selectable-list-selectable-description').click();
		await item
			.getByTestId('parameter-input-description')
			.locator('input, textarea')
			.fill(description);
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

	/** @returns the text of the credential's dialog, and where its links lead */
	async readCredentialDialog(): Promise<{ text: string; links: string[] }> {
		const links = await this.credentialDialog
			.getByRole('link')
			.evaluateAll((all: HTMLAnchorElement[]) => all.map((link) => link.href));
		return { text: await this.credentialDialog.innerText(), links };
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

	/** Has the output of the open node shown in one of n8n's ways. */
	async showOutputAs(view: 'Table' | 'JSON' | 'Binary'): Promise<void> {
		await this.output.getByTestId(`radio-button-${view.toLowerCase()}`).click();
	}

	/** @returns the names of the branches that the open node has put items out of, with how many */
	async outputBranches(): Promise<string[]> {
		const tabs = this.output.getByTestId('branches').locator('[data-test-id^="tab-"]');
		await tabs.first().waitFor();
		return (await tabs.allInnerTexts()).map((text) => text.trim());
	}

	/** Shows one of the branches of the open node's output. */
	async openBranch(name: string): Promise<void> {
		await this.output.getByTestId('branches').getByText(name).click();
	}

	/** @returns the items that the open node has put out, as the table shows them */
	async outputTable(): Promise<Array<Record<string, string>>> {
		await this.output.locator('tbody tr').first().waitFor();
		return await this.output.locator('table').evaluate((table: HTMLTableElement) => {
			const textsOf = (row: HTMLTableRowElement) =>
				Array.from(row.cells, (cell) => cell.innerText.trim());
			const [head, ...body] = Array.from(table.rows, textsOf);
			return body.map((cells) =>
				Object.fromEntries(
					cells.flatMap((cell, index) => (head?.[index] ? [[head[index], cell]] : [])),
				),
			);
		});
	}

	/** @returns what the open node tells of each file that it has put out */
	async outputFiles(): Promise<string[]> {
		const files = this.output.getByTestId(/^ndv-binary-data_/);
		await files.first().waitFor();
		return await files.allInnerTexts();
	}

	/**
	 * Views the first file that the open node has put out.
	 *
	 * @returns the picture's own size, in pixels: 0 for one that is broken
	 */
	async viewPicture(): Promise<{ width: number; height: number }> {
		return await this.viewPictureIn(this.output);
	}

	/** Waits until the output of the open node shows a text. */
	async waitForOutput(text: string): Promise<void> {
		await this.output.getByText(text).first().waitFor();
	}

	/** @returns what n8n tells of the open node's error as coming from the service */
	async errorDetails(): Promise<Record<string, string>> {
		const details = this.output.locator('details').filter({ hasText: 'From Magic Hour' });
		await details.locator('summary').click();
		const rows = await details.locator('.node-error-view__details-row').all();
		return Object.fromEntries(
			await Promise.all(
				rows.map(async (row) => [
					await row.locator('.node-error-view__details-label').innerText(),
					await row.locator('.node-error-view__details-value').innerText(),
				]),
			),
		) as Record<string, string>;
	}

	/** @returns what the open node shows of its error */
	async outputError(): Promise<{ message: string; description: string }> {
		return {
			message: await this.output.getByTestId('node-error-message').innerText(),
			description: await this.output.getByTestId('node-error-description').innerText(),
		};
	}

	/**
	 * Unfolds the logs below the canvas, so high, with the input and the output of the last node.
	 *
	 * @param height of the logs, in pixels
	 */
	async openLogs(height: number): Promise<void> {
		await this.page.getByTestId('logs-overview-header').click();
		await this.page.getByTestId('log-details-header').getByText('Input').click();
		await this.logOutput.waitFor();
		const panel = this.page.getByTestId('logs-panel');
		const handle = panel.getByTestId('resize-handle').first();
		const box = await handle.boundingBox();
		const bottom = this.page.viewportSize()?.height ?? 0;
		await handle.hover();
		await this.page.mouse.down();
		await this.page.mouse.move(box?.x ?? 0, bottom - height);
		await this.page.mouse.up();
	}

	/**
	 * Views the first file in the output that the logs show.
	 *
	 * @returns the picture's own size, in pixels: 0 for one that is broken
	 */
	async viewPictureInLogs(): Promise<{ width: number; height: number }> {
		await this.logOutput.getByTestId('radio-button-binary').click();
		const size = await this.viewPictureIn(this.logOutput);
		await this.logOutput.locator('img').evaluate((image) => image.scrollIntoView({ block: 'end' }));
		return size;
	}

	/** Moves and scales the canvas so that all of the workflow is in sight. */
	async showWholeWorkflow(): Promise<void> {
		await this.page.getByTestId('zoom-to-fit').click();
	}

	/** Waits until the execution that the editor has begun has ended well. */
	async waitUntilExecuted(): Promise<void> {
		await this.page.getByTestId('stop-execution-button').waitFor({ state: 'hidden' });
	}

	/** Executes the workflow that is open. */
	async executeWorkflow(): Promise<void> {
		await this.page.getByTestId('execute-workflow-button').click();
	}

	/** Stops the execution of the workflow that is open. */
	async stopExecution(): Promise<void> {
		const stop = this.page.getByTestId('stop-execution-button');
		await stop.click();
		await stop.waitFor({ state: 'hidden' });
	}

	/** Opens the newest execution of the workflow that is open. */
	async openLastExecution(): Promise<void> {
		await this.page.getByTestId('radio-button-executions').click();
		await this.page.getByTestId('execution-preview-label').waitFor();
	}

	/**
	 * Has the editor look as that of a registered n8n, which shows the highlighted data of executions.
	 * It takes effect when the editor is opened the next time.
	 */
	async registerN8n(): Promise<void> {
		this.isRegistered = true;
		this.isLoaded = false;
		await this.page.route('**/rest/settings', async (route) => {
			const response = await route.fetch();
			const settings = (await response.json()) as { data: { enterprise: object } };
			Object.assign(settings.data.enterprise, { advancedExecutionFilters: true });
			await route.fulfill({ response, json: settings });
		});
	}

	/** @returns the highlighted data of the execution that is open */
	async highlightedData(): Promise<string> {
		// One that went away later would take the panel with it.
		await this.dismissNotifications();
		await this.page.getByTestId('execution-preview-ellipsis-button').click();
		const panel = this.page.getByTestId('execution-annotation-panel');
		await panel.waitFor();
		return await panel.innerText();
	}

	/** Publishes the workflow that is open; in n8n 1, activates it. */
	async publish(): Promise<void> {
		const open = this.page.getByTestId('workflow-open-publish-modal-button');
		const activate = this.page.getByTestId('workflow-activate-switch');
		await open.or(activate).first().click();
		if (await activate.isVisible()) return;
		await this.page.getByTestId('workflow-publish-button').click();
	}

	/** Begins to listen for a test event with the open trigger. */
	async listenForTestEvent(): Promise<void> {
		await this.ndv.getByTestId('trigger-execute-button').first().click();
	}

	/** Waits until the open trigger listens for a test event. */
	async waitUntilListening(): Promise<void> {
		await this.ndv.getByTestId('trigger-listening').waitFor();
	}

	/** @returns what n8n tells in passing that has this text in it */
	async notification(text: string | RegExp): Promise<string> {
		const notification = this.page.locator('.el-notification').filter({ hasText: text }).first();
		await notification.waitFor();
		return await notification.innerText();
	}

	/** @returns the icon of a node on the canvas: its file, and its width on the screen, in pixels */
	async readIcon(name: string): Promise<{ file: string; width: number }> {
		const icon = this.canvasNode(name).locator('img').first();
		return await icon.evaluate(async (image: HTMLImageElement) => {
			await image.decode();
			return { file: new URL(image.src).pathname.split('/').at(-1) ?? '', width: image.width };
		});
	}

	/** @returns the names of the nodes that the canvas warns of */
	async nodesWithIssues(): Promise<string[]> {
		const nodes = this.page.getByTestId('canvas-node');
		const names = await nodes
			.filter({ has: this.page.getByTestId('node-issues') })
			.evaluateAll((all: HTMLElement[]) => all.map(({ dataset }) => dataset.nodeName ?? ''));
		return names.sort();
	}

	/** @returns the first line of each note of the canvas that has no room for all of its text */
	async clippedNotes(): Promise<string[]> {
		const notes = this.page.getByTestId('sticky');
		return await notes.evaluateAll((all: HTMLElement[]) =>
			all
				.filter((note) => {
					const text = document.createRange();
					text.selectNodeContents(note);
					const ends = Array.from(text.getClientRects(), ({ bottom }) => bottom);
					return Math.max(...ends) > note.getBoundingClientRect().bottom;
				})
				.map((note) => note.innerText.replace(/\n.*/s, '')),
		);
	}

	/** Takes a picture of all that is on the canvas, and of nothing else, at most so wide in pixels. */
	async takeCanvasPicture(name: string, width = 1200): Promise<void> {
		await this.dismissNotifications();
		await this.page.evaluate(async () => await document.fonts.ready);
		await this.page
			.getByTestId('canvas-node')
			.locator('img')
			.evaluateAll(
				async (icons: HTMLImageElement[]) =>
					await Promise.all(icons.map(async (icon) => await icon.decode())),
			);
		const style = await this.page.addStyleTag({ content: hiddenInPictures });
		await this.page.mouse.move(720, 1);
		const clip = await this.page.locator('.vue-flow').evaluate(fitCanvas, width);
		await this.page.screenshot({
			path: this.screenshotFile(name),
			clip,
			animations: 'disabled',
			caret: 'hide',
		});
		await style.evaluate((element: HTMLStyleElement) => element.remove());
	}

	/** Takes a picture of the window, without what n8n tells in passing. */
	async takeScreenshot(name: string): Promise<void> {
		await this.dismissNotifications();
		await this.page.mouse.move(720, 1);
		await this.takeScreenshotAsIs(name);
	}

	/** Takes a picture of the window, with what n8n tells in passing. */
	async takeScreenshotAsIs(name: string): Promise<void> {
		await this.page.screenshot({
			path: this.screenshotFile(name),
			animations: 'disabled',
			caret: 'hide',
		});
	}

	/** Leaves the workflow for a page of the app that has nothing on it, unless a dialog is in the way. */
	private async leaveWorkflow(): Promise<void> {
		this.isLoaded = false;
		if (await this.credentialDialog.isVisible()) return;
		// n8n 1 opens a node of the same name in the next workflow.
		if (await this.ndv.isVisible()) await this.closeNode();
		// Opened again, it would lead back to what it has shown.
		if (await this.nodeSearch.isVisible()) {
			await this.nodeSearch.press('Escape');
			await this.nodeSearch.waitFor({ state: 'hidden' });
		}
		await this.goTo('/nowhere');
		const leave = this.page.getByRole('button', { name: 'Leave without saving' });
		const nothing = this.page.getByText(/find that/);
		await leave.or(nothing).first().waitFor();
		if (await leave.isVisible()) {
			await leave.click();
			await leave.waitFor({ state: 'hidden' });
		}
		await nothing.waitFor();
		await this.dismissNotifications();
		this.isLoaded = true;
	}

	/** Goes to another page of the app, as with the browser's Back and Forward. */
	private async goTo(path: string): Promise<void> {
		await this.page.evaluate((target) => {
			history.pushState(null, '', target);
			dispatchEvent(new PopStateEvent('popstate', { state: null }));
		}, path);
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

	/** @returns the size of the first file's picture, which it has shown in the place of the list */
	private async viewPictureIn(pane: Locator): Promise<{ width: number; height: number }> {
		await pane.getByTestId('ndv-view-binary-data').first().click();
		const picture = pane.locator('img');
		await picture.waitFor();
		return await picture.evaluate(async (image: HTMLImageElement) => {
			await image.decode().catch(() => undefined);
			return { width: image.naturalWidth, height: image.naturalHeight };
		});
	}

	/** A parameter of the open node, with all that stands beside and below it. */
	private field(name: string): Locator {
		return this.ndv
			.getByTestId('parameter-input')
			.filter({ has: this.page.getByTestId(`parameter-input-${name}`) })
			.last();
	}

	private parameterInput(name: string): Locator {
		return this.ndv.getByTestId(`parameter-input-${name}`).last();
	}

	private get nodeSearch(): Locator {
		return this.page.getByTestId('node-creator-search-bar');
	}

	private get ndv(): Locator {
		return this.page.getByTestId('ndv');
	}

	/** What the logs show of the output of a node. */
	private get logOutput(): Locator {
		return this.page.getByTestId('log-details-output');
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
		return this.page.locator(
			`[data-test-id='canvas-node'][data-node-name=${JSON.stringify(name)}]`,
		);
	}
}
