import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessGroup } from '../n8n/processes';

const timeout = 300_000;

/**
 * Waits for the next message of a process.
 *
 * @param title of what the process does, for the error
 * @throws if the process ends before that, or takes longer than five minutes
 */
export async function nextReply<Reply>(
	{ leader, ended }: ProcessGroup,
	title: string,
): Promise<Reply> {
	const reply = new Promise<{ message: Reply }>((resolve) => {
		leader.once('message', (message) => resolve({ message: message as Reply }));
	});
	const end = ended.then(() => 'ended' as const);
	const received = await Promise.race([reply, end, sleep(timeout, undefined, { ref: false })]);
	if (received === undefined) throw new Error(`${title} took more than ${timeout / 1000} s`);
	if (received === 'ended') throw new Error(`The process of ${title} ended too early`);
	return received.message;
}
