import { outputItems, type Execution, type WorkflowFile, type WorkflowNode } from '../n8n/client';
import { credentialFor, describeOnEachVersion, type Fixture } from './fixture';
import {
	chain,
	credentialReference,
	deleteNode,
	items,
	manualTrigger,
	node,
	noOp,
	workflow,
} from './workflows';

type Settings = Parameters<typeof node>[4];

describeOnEachVersion("n8n's idea of an item that failed", (fixture) => {
	it.each(['get', 'download'])(
		'is no success of %s, so that Retry On Fail runs nothing again',
		async (operation) => {
			const { sandbox } = fixture();
			const id = sandbox.projects.create({ isFinished: true });
			const execution = await runMagicHour({ operation, id }, [{}], retryOnFail);

			expect(execution.status).toBe('success');
			const [item] = outputItems(execution, 'Magic Hour');
			expect(item?.json).toMatchObject({ id, status: 'complete' });
			expect(item?.json).not.toHaveProperty('error');
			expect(sandbox.requests.filter(({ url }) => url.startsWith('/v1/'))).toHaveLength(1);
			expect(downloads()).toHaveLength(operation === 'download' ? 1 : 0);
		},
	);

	it('is no file that was generated, so that it is fetched once', async () => {
		const { sandbox } = fixture();
		const generating = runMagicHour(
			{ operation: 'generate', prompt: 'A lighthouse', imageCount: 1, output: 'files' },
			[{}],
			retryOnFail,
		);
		const ticking = setInterval(() => sandbox.projects.advanceClock(5_000), 200);
		const execution = await generating.finally(() => clearInterval(ticking));

		expect(execution.status).toBe('success');
		expect(outputItems(execution, 'Magic Hour')).toMatchObject([{ binary: { data: {} } }]);
		expect(sandbox.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
		expect(downloads()).toHaveLength(1);
	});

	it('is no failed project that was asked for, whose reason has another name', async () => {
		const { sandbox } = fixture();
		const id = sandbox.projects.create({ isFinished: true, outcome: 'error' });
		const options = { failIfProjectFailed: false };
		const execution = await runMagicHour({ operation: 'get', id, options }, [{}], {
			...retryOnFail,
			onError: 'continueErrorOutput',
		});

		expect(outputItems(execution, 'Magic Hour').map(({ json }) => json)).toMatchObject([
			{ id, status: 'error', failureReason: { code: 'no_source_face' } },
		]);
		expect(sandbox.requests).toHaveLength(1);
	});

	it('leaves by the error output with its whole input and what was generated', async () => {
		const { sandbox } = fixture();
		sandbox.projects.holdClock();
		const execution = await runMagicHour(
			{
				operation: 'generate',
				prompt: '={{ $json.text }}',
				imageCount: 1,
				output: 'completedProject',
				options: { maxWait: 1 },
			},
			[
				{ id: 'row-1', text: 'one' },
				{ id: 'row-2', text: '' },
				{ id: 'row-3', text: 'three' },
			],
			{ onError: 'continueErrorOutput' },
		);

		expect(outputItems(execution, 'Succeeded')).toEqual([]);
		const failed = outputItems(execution, 'Failed');
		const ids = failed.map(({ json: { magicHour } }) => Object(magicHour).id);
		expect([ids[0], ids[2]].sort()).toEqual(sandbox.projects.ids().sort());
		const failure = { error: expect.any(String), message: expect.any(String) };
		expect(failed.map(({ json }) => json)).toEqual([
			{ id: 'row-1', text: 'one', ...failure, magicHour: { id: ids[0], credits_charged: 5 } },
			{ id: 'row-2', text: '', ...failure },
			{ id: 'row-3', text: 'three', ...failure, magicHour: { id: ids[2], credits_charged: 5 } },
		]);
		expect(failed[0]?.json.error).toContain(`"${ids[0]}" was still in progress after 1 second`);
		expect(outputItems(execution, 'Linked').map(({ json }) => json)).toEqual([
			{ row: 'row-1' },
			{ row: 'row-2' },
			{ row: 'row-3' },
		]);
	});

	const retryOnFail = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	const downloads = () =>
		fixture().sandbox.requests.filter(({ url }) => url.includes('/downloads/'));

	async function runMagicHour(
		parameters: object,
		input: object[],
		settings: Settings,
	): Promise<Execution> {
		const magicHour = node(
			'Magic Hour',
			'n8n-nodes-magic-hour.magicHour',
			1,
			{ resource: 'imageProject', ...parameters },
			{ ...settings, credentials: credentialReference(fixture().credential) },
		);
		const linked: WorkflowNode = node('Linked', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: '={{ { "row": $("Items").item.json.id } }}',
			options: {},
		});
		const file = workflow(
			'Failures',
			[manualTrigger(), ...items(input), magicHour, noOp('Succeeded'), noOp('Failed'), linked],
			[
				...chain('Start', 'Objects', 'Items', 'Magic Hour', 'Succeeded'),
				{ from: 'Magic Hour', to: 'Failed', output: 1 },
				{ from: 'Failed', to: 'Linked' },
			],
		);
		return await run(fixture(), file);
	}
});

describeOnEachVersion('a credential with an API key by expression', (fixture) => {
	it.each([
		['gives nothing', '={{ $json.key }}', 'The API key in the credential is empty'],
		['gives an empty text', "={{ '' }}", 'The API key in the credential is empty'],
		['gives a number', '={{ 123456789 }}', 'Magic Hour rejected the API key'],
	])('says what is wrong where it %s', async (_, apiKey, message) => {
		const { error } = (await deleteBy(apiKey, [{ project: 'abc' }])).data.resultData;

		expect(error?.message).toBe(`${message}, so the image project "abc" was not deleted [item 0]`);
		const keys = fixture().sandbox.requests.map(({ headers }) => headers.authorization);
		expect(keys).toEqual(apiKey.includes('123') ? ['Bearer 123456789'] : []);
	});

	const failing = "={{ $json.key ?? $('Nobody').item.json.key }}";

	it('has sent nothing for an item whose expression fails', async () => {
		const { sandbox } = fixture();
		const project = sandbox.projects.create();
		const input = [{ project, key: sandbox.apiKey }, { project: 'abc' }];
		const execution = await deleteBy(failing, input, { onError: 'continueRegularOutput' });

		expect(outputItems(execution, 'Delete').map(({ json }) => json)).toEqual([
			{ id: project, deleted: true },
			{
				id: 'abc',
				deleted: false,
				error:
					'The Magic Hour credential couldn\'t be read, so the image project "abc" was not deleted [item 1]',
				description: expect.stringContaining('n8n reports: '),
				httpCode: null,
				magicHour: null,
			},
		]);
		expect(sandbox.requests).toHaveLength(1);
	});

	it("is n8n's own error where it is the first item's expression", async () => {
		const execution = await deleteBy(failing, [{ project: 'abc' }]);

		expect(execution.status).toBe('error');
		expect(execution.data.resultData.error?.message).toContain("Referenced node doesn't exist");
		expect(fixture().sandbox.requests).toEqual([]);
	});

	async function deleteBy(
		apiKey: string,
		input: object[],
		settings: Settings = {},
	): Promise<Execution> {
		const { n8n, sandbox } = fixture();
		const credential = await n8n.createCredential(credentialFor(sandbox, { apiKey }));
		const file = workflow(
			'Key by expression',
			[manualTrigger(), ...items(input), deleteNode(credential, settings)],
			chain('Start', 'Objects', 'Items', 'Delete'),
		);
		return await run(fixture(), file);
	}
});

describeOnEachVersion('a credential that is limited to other domains', (fixture) => {
	it.each<Record<string, string>>([
		{ allowedHttpRequestDomains: 'domains', allowedDomains: 'example.com' },
		{ allowedHttpRequestDomains: 'none' },
	])('works in the node that it is made for: %j', async (limits) => {
		const { n8n, sandbox } = fixture();
		const project = sandbox.projects.create();
		const { data, ...others } = credentialFor(sandbox);
		const credential = await n8n.createCredential({ ...others, data: { ...data, ...limits } });
		const file = workflow(
			'Limited credential',
			[manualTrigger(), ...items([{ project }]), deleteNode(credential)],
			chain('Start', 'Objects', 'Items', 'Delete'),
		);
		const execution = await run(fixture(), file);

		expect(outputItems(execution, 'Delete').map(({ json }) => json)).toEqual([
			{ id: project, deleted: true },
		]);
	});
});

async function run({ n8n }: Fixture, file: WorkflowFile): Promise<Execution> {
	const stored = await n8n.importWorkflow(file);
	return await n8n.waitForExecution(await n8n.runManually(stored, 'Start'));
}
