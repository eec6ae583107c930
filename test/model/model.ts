import fastify from 'fastify';
import type { AddressInfo } from 'node:net';
import type { CredentialData } from '../n8n/client';

/** What the model is told of a parameter. An object has properties of its own. */
export interface ToolParameter {
	type: string;
	description?: string;
	properties?: Record<string, ToolParameter>;
}

/** A tool as the model is told of it. */
export interface ToolOffer {
	name: string;
	description: string;
	parameters: {
		type: string;
		properties: Record<string, ToolParameter>;
		required?: string[];
	};
}

/** What the model is asked, whichever of the two APIs asks it. */
export interface Question {
	/** All that was said, by the system and by the person. */
	text: string;
	/** What the person said last. */
	request: string;
	tools: ToolOffer[];
	/** What the tools that it called have answered. */
	toolResults: string[];
}

/** A call of a tool. */
export interface Call {
	tool: string;
	parameters: Record<string, unknown>;
}

/** What the model does next: it says something, or calls one tool, or several at once. */
export type Reply = { say: string } | { call: Call } | { calls: Call[] };

/** A running server that speaks as OpenAI does, with a fixed script instead of a model. */
export interface ModelServer {
	/** The base URL for OpenAI's clients. */
	url: string;
	/** What was asked so far, in order. */
	questions: Question[];
	/** Which of the APIs asked. */
	calledApis: Set<'chat/completions' | 'responses'>;
	close(): Promise<void>;
}

interface ChatBody {
	stream?: boolean;
	messages: Array<{ role: string; content: unknown }>;
	tools?: Array<{ function: ToolOffer }>;
}

interface ResponsesBody {
	stream?: boolean;
	input: Array<{ type?: string; role?: string; content?: unknown; output?: unknown }>;
	tools?: ToolOffer[];
}

/** @returns a credential by which n8n's OpenAI nodes talk to a scripted model */
export function modelCredentialFor(
	{ url }: Pick<ModelServer, 'url'>,
	name = 'Scripted model',
): CredentialData {
	return { name, type: 'openAiApi', data: { apiKey: 'sk-scripted', url, header: false } };
}

/**
 * Starts a scripted mock of OpenAI on 127.0.0.1. The caller closes it.
 *
 * @param script what the model does when it is asked
 */
export async function startModel(script: (question: Question) => Reply): Promise<ModelServer> {
	const server = fastify({ forceCloseConnections: true });
	const model: ModelServer = {
		url: '',
		questions: [],
		calledApis: new Set(),
		close: async () => await server.close(),
	};
	let replies = 0;
	const ask = (question: Question): { id: string; reply: Reply } => {
		model.questions.push(question);
		replies++;
		return { id: String(replies), reply: script(question) };
	};
	const refuseStream = {
		error: { message: 'This model does not stream', type: 'invalid_request' },
	};

	server.post<{ Body: ChatBody }>('/v1/chat/completions', async ({ body }, response) => {
		model.calledApis.add('chat/completions');
		const ofRoles = (...roles: string[]) => {
			return body.messages
				.filter(({ role }) => roles.includes(role))
				.map(({ content }) => textOf(content));
		};
		const { id, reply } = ask({
			text: ofRoles('system', 'developer', 'user').join('\n'),
			request: ofRoles('user').at(-1) ?? '',
			tools: (body.tools ?? []).map((tool) => tool.function),
			toolResults: ofRoles('tool'),
		});
		const completion = {
			id: `chatcmpl-${id}`,
			created: Math.floor(Date.now() / 1000),
			model: 'scripted',
		};
		const finish = { index: 0, finish_reason: 'say' in reply ? 'stop' : 'tool_calls' };
		const message =
			'say' in reply
				? { role: 'assistant', content: reply.say }
				: { role: 'assistant', content: null, tool_calls: callsOf(reply).map(chatCall(id)) };
		if (body.stream === true) {
			const chunk = {
				...completion,
				object: 'chat.completion.chunk',
				choices: [{ ...finish, delta: message }],
			};
			return await response
				.type('text/event-stream')
				.send(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
		}
		return {
			...completion,
			object: 'chat.completion',
			choices: [{ ...finish, message }],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
	});

	server.post<{ Body: ResponsesBody }>('/v1/responses', async ({ body }, response) => {
		if (body.stream === true) return await response.code(400).send(refuseStream);
		model.calledApis.add('responses');
		const { id, reply } = ask({
			text: body.input
				.filter(({ role }) => role !== undefined && role !== 'assistant')
				.map(({ content }) => textOf(content))
				.join('\n'),
			request: textOf(body.input.findLast(({ role }) => role === 'user')?.content ?? ''),
			tools: body.tools ?? [],
			toolResults: body.input
				.filter(({ type }) => type === 'function_call_output')
				.map(({ output }) => textOf(output)),
		});
		return {
			id: `resp_${id}`,
			object: 'response',
			created_at: Math.floor(Date.now() / 1000),
			status: 'completed',
			error: null,
			incomplete_details: null,
			model: 'scripted',
			output:
				'say' in reply ? [responsesMessage(id, reply.say)] : callsOf(reply).map(responsesCall(id)),
			usage: {
				input_tokens: 1,
				input_tokens_details: { cached_tokens: 0 },
				output_tokens: 1,
				output_tokens_details: { reasoning_tokens: 0 },
				total_tokens: 2,
			},
		};
	});

	await server.listen({ port: 0, host: '127.0.0.1' });
	model.url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}/v1`;
	return model;
}

function callsOf(reply: Exclude<Reply, { say: string }>): Call[] {
	return 'call' in reply ? [reply.call] : reply.calls;
}

function chatCall(id: string) {
	return ({ tool, parameters }: Call, index: number) => ({
		id: `call_${id}_${index}`,
		// Of a stream, each piece of a call says which call it is a piece of.
		index,
		type: 'function',
		function: { name: tool, arguments: JSON.stringify(parameters) },
	});
}

function responsesCall(id: string) {
	return ({ tool, parameters }: Call, index: number) => ({
		type: 'function_call',
		id: `fc_${id}_${index}`,
		call_id: `call_${id}_${index}`,
		status: 'completed',
		name: tool,
		arguments: JSON.stringify(parameters),
	});
}

function responsesMessage(id: string, text: string) {
	return {
		type: 'message',
		id: `msg_${id}`,
		role: 'assistant',
		status: 'completed',
		content: [{ type: 'output_text', text, annotations: [] }],
	};
}

/** Content is a text, or a list of parts that have one. */
function textOf(content: unknown): string {
	if (typeof content === 'string') return content;
	if (!Array.isArray(content)) return JSON.stringify(content);
	return content.map((part: { text?: string }) => part.text ?? JSON.stringify(part)).join('\n');
}
