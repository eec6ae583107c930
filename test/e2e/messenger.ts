import fastify from 'fastify';
import type { AddressInfo } from 'node:net';

/** A message in which n8n asks a person to decide. */
export interface Message {
	text: string;
	/** The buttons, by what stands on them: the links that they open. */
	buttons: Map<string, string>;
}

/** A running server that stands for Telegram's. */
export interface Messenger {
	url: string;
	/** What was sent so far, in order. */
	messages: Message[];
	close(): Promise<void>;
}

interface MessageBody {
	text: string;
	reply_markup: { inline_keyboard: Array<Array<{ text: string; url: string }>> };
}

/** Starts a mock of Telegram on 127.0.0.1, which accepts the messages of any bot. The caller closes it. */
export async function startMessenger(): Promise<Messenger> {
	const server = fastify({ forceCloseConnections: true });
	const messages: Message[] = [];
	server.post<{ Body: MessageBody }>('/:bot/sendMessage', async ({ body }) => {
		const buttons = body.reply_markup.inline_keyboard.flat();
		messages.push({
			text: body.text,
			buttons: new Map(buttons.map(({ text, url }) => [text, url])),
		});
		return { ok: true, result: {} };
	});
	await server.listen({ port: 0, host: '127.0.0.1' });
	const { port } = server.server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}`, messages, close: async () => await server.close() };
}
