import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowFile, WorkflowNode } from '../n8n/client';
import { required } from '../required';
import { readExamples } from '../start/examples';
import { publishChat } from './chat';
import { deleteRequest, describeOnEachVersion, sortedRequests } from './fixture';
import { startMessenger, type Message, type Messenger } from './messenger';
import { openLink } from './openLink';
import {
	modelCredentialFor,
	startModel,
	type ModelServer,
	type Question,
	type Reply,
} from '../model/model';
import { waitUntil } from './waitUntil';

/** How often the model calls the tool that generates, which is more often than it may. */
const callCount = 4;

describeOnEachVersion(
	"an AI Agent's tool behind n8n's human review",
	(fixture) => {
		let messenger: Messenger | undefined;
		let model: ModelServer | undefined;
		let wanted: { calls: number; parameters: object };

		const scriptedModel = (): ModelServer => required(model, 'running model');

		/** The script: it calls its tool as often as the test wants, and repeats the last answer. */
		const script = ({ tools, toolResults }: Question): Reply => {
			if (toolResults.length >= wanted.calls) return { say: toolResults.at(-1) ?? '' };
			const { name: tool } = required(tools[0], 'tool');
			const parameters = { toolParameters: wanted.parameters, hitlParameters: {} };
			return { call: { tool, parameters } };
		};

		beforeEach(async () => {
			messenger = await startMessenger();
			model = await startModel(script);
		});
		afterEach(async () => {
			await messenger?.close();
			await model?.close();
		});

		/** Publishes the example, with a messenger that asks instead of the chat, and says something. */
		const converse = async (change: (file: WorkflowFile) => WorkflowFile): Promise<void> => {
			const { n8n, credential } = fixture();
			const example = required(
				(await readExamples()).find(({ name }) => name === 'AI Agent That Deletes With Approval'),
				'example',
			);
			const modelCredential = await n8n.createCredential(modelCredentialFor(scriptedModel()));
			const messengerCredential = await n8n.createCredential({
				name: 'Messenger',
				type: 'telegramApi',
				data: { accessToken: 'token', baseUrl: required(messenger, 'messenger').url },
			});
			const say = await publishChat(
				n8n,
				change({ ...example, nodes: example.nodes.map(byMessenger) }),
				{
					credentials: [credential, modelCredential, messengerCredential],
				},
			);
			await say('Please');
		};

		/** @returns the message of that number, once n8n has sent it */
		const message = async (number: number): Promise<Message> => {
			const { messages } = required(messenger, 'messenger');
			await waitUntil(() => messages.length >= number);
			return required(messages[number - 1], 'message');
		};

		/** Presses a button of a message, when the execution has begun to wait for that. */
		const press = async ({ buttons }: Message, label: string): Promise<void> => {
			const link = required(buttons.get(label), `button "${label}"`);
			for (let tries = 0; tries < 100; tries++) {
				if ((await openLink(link)).ok) return;
				await sleep(100);
			}
			throw new Error(`The button "${label}" does not work`);
		};

		const lastToolResults = async (count: number): Promise<string[]> => {
			const { questions } = scriptedModel();
			await waitUntil(() => questions.at(-1)?.toolResults.length === count);
			return required(questions.at(-1), 'question').toolResults;
		};

		it('deletes a project once a person has approved it, as the example says', async () => {
			const { sandbox } = fixture();
			const named = sandbox.projects.create();
			const kept = sandbox.projects.create();
			wanted = { calls: 1, parameters: { Image_Project_ID: named } };

			await converse((file) => file);

			const asked = await message(1);
			expect(asked.text).toContain(named);
			expect(sandbox.requests).toEqual([]);
			await press(asked, 'Delete');
			const [result = ''] = await lastToolResults(1);
			expect(JSON.parse(result)).toEqual([{ id: named, deleted: true }]);
			expect(sortedRequests(sandbox.requests)).toEqual([deleteRequest(named)]);
			expect(sandbox.projects.ids()).toEqual([kept]);
		});

		it('deletes nothing that a person keeps, and tells the model', async () => {
			const { sandbox } = fixture();
			const kept = sandbox.projects.create();
			wanted = { calls: 1, parameters: { Image_Project_ID: kept } };

			await converse((file) => file);

			await press(await message(1), 'Keep');
			const [result] = await lastToolResults(1);
			expect(result).toContain('rejected');
			expect(sandbox.requests).toEqual([]);
			expect(sandbox.projects.ids()).toEqual([kept]);
		});

		it('counts all calls of an execution that n8n stores while it waits for a person', async () => {
			const { sandbox } = fixture();
			wanted = { calls: callCount, parameters: { Prompt: 'A lighthouse' } };

			await converse(generating);

			for (let number = 1; number <= callCount; number++)
				await press(await message(number), 'Delete');
			const results = await lastToolResults(callCount);
			const answers = results.map((result) => (JSON.parse(result) as object[])[0]);
			expect(answers.slice(0, 2)).toEqual(
				sandbox.projects.ids().map((id) => expect.objectContaining({ id })),
			);
			const refusal = { error: expect.stringContaining('10 of 12 credits used') };
			expect(answers.slice(2)).toEqual(
				answers.slice(2).map(() => expect.objectContaining(refusal)),
			);
			expect(sandbox.requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
		});
	},
	2,
);

/** @returns the node that asks a person, with a mock messenger instead of the chat */
function byMessenger(node: WorkflowNode): WorkflowNode {
	if (!node.type.endsWith('.chatHitlTool')) return node;
	const { message, approvalOptions } = node.parameters as Record<string, unknown>;
	const parameters = { chatId: '1', message, approvalOptions, options: {} };
	return { ...node, type: 'n8n-nodes-base.telegramHitlTool', typeVersion: 1.2, parameters };
}

/** @returns the workflow with a tool that generates, within a budget */
function generating(file: WorkflowFile): WorkflowFile {
	const nodes = file.nodes.map((node): WorkflowNode => {
		if (!node.type.endsWith('.magicHourTool')) return node;
		const parameters = {
			resource: 'imageProject',
			operation: 'generate',
			prompt: "={{ $fromAI('Prompt', 'A description of the image', 'string') }}",
			imageCount: 1,
			output: 'projectId',
			options: { maxCreditsPerRun: 12 },
		};
		return { ...node, parameters };
	});
	return { ...file, nodes };
}
