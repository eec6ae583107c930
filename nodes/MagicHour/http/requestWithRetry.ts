import { isSuccess, leavesUnclear, readAnswer, UnsuccessfulAnswer } from './answer';
import { cutOffAnswerOf, faultOf } from './networkError';
import type { Gate } from './rateLimiter';
import { isRetriedFault, isRetriedStatusCode, waitBeforeRetry } from './retryPolicy';
import type { Redactor } from './redaction';
import type { Answer, Attempts, ConnectionFault, Outcome } from '../execution/types';
import { waitUnlessStopped, type Stoppable } from './sleep';

type Attempt =
	| { success: true; result?: unknown }
	| { answer: Answer }
	| { fault: ConnectionFault };

/** How a request may be sent. */
export interface Sending {
	/**
	 * Names what is asked for. Items of a run that ask for the same share one request, and what an
	 * earlier try of the node learnt of it is taken into account.
	 */
	name?: string;
	/** Whether doing it twice does no harm. */
	isRepeatable: boolean;
	/** Whether the body of a success is needed, and not only its status. */
	needsBody: boolean;
}

/** What a request shares with the others of its run. */
export interface Company extends Stoppable {
	readonly canceled: boolean;
	readonly gate: Gate;
	readonly limits: { maxRetries: number };
	/** `uncertain`: the names of requests that may have done their work without saying so. */
	readonly memory: { uncertain: Set<string> };
}

/**
 * Sends a request, and repeats it while that can help.
 *
 * @param send makes one attempt; resolves for a success
 * @param makeRedactor makes what takes the API key out of an answer
 * @returns how it ended; never rejects for what the network or Magic Hour did
 */
export async function sendWithRetries(
	send: () => Promise<unknown>,
	sending: Sending,
	run: Company,
	makeRedactor: () => Promise<Redactor>,
): Promise<Outcome> {
	const { name } = sending;
	const { uncertain } = run.memory;
	const attempts: Attempts = {
		retries: 0,
		mayHaveBeenDone: name !== undefined && uncertain.has(name),
	};
	if (attempts.mayHaveBeenDone && !sending.isRepeatable) return { kind: 'sentBefore' };
	for (let last: Outcome = { kind: 'notAttempted' }; ; attempts.retries++) {
		await run.gate.waitForTurn(run);
		if (run.canceled) return canceled(attempts, last.kind !== 'notAttempted');
		if (run.stopped) return last;

		const attempt = await attemptOnce(send, sending, makeRedactor);
		if (!isRefusedForRate(attempt)) run.gate.noteTaken();
		if ('success' in attempt) return { kind: 'success', result: attempt.result };

		last =
			'answer' in attempt
				? { kind: 'answered', answer: attempt.answer, attempts: { ...attempts } }
				: { kind: 'unanswered', fault: attempt.fault, attempts: { ...attempts } };
		if (mayHaveBeenDone(attempt)) {
			attempts.mayHaveBeenDone = true;
			if (name !== undefined) uncertain.add(name);
		}
		if (!isRetried(attempt, sending) || attempts.retries >= run.limits.maxRetries) return last;

		const headers = 'answer' in attempt ? attempt.answer.headers : undefined;
		const wait = waitBeforeRetry(headers, attempts.retries);
		if ('tooLong' in wait) {
			last.attempts.waitCeiling = wait.tooLong;
			return last;
		}
		attempts.waitCeiling = wait.ceiling;
		if (wait.forWholeRun) run.gate.pause(wait.milliseconds);
		else await waitUnlessStopped(wait.milliseconds, run);
	}
}

function canceled({ mayHaveBeenDone }: Attempts, wasAttempted: boolean): Outcome {
	return { kind: 'canceled', wasAttempted, mayHaveBeenDone };
}

async function attemptOnce(
	send: () => Promise<unknown>,
	{ needsBody }: Sending,
	makeRedactor: () => Promise<Redactor>,
): Promise<Attempt> {
	try {
		return { success: true, result: await send() };
	} catch (error) {
		const cutOff = error instanceof UnsuccessfulAnswer ? undefined : cutOffAnswerOf(error);
		if (cutOff !== undefined && isSuccess(cutOff.statusCode, cutOff.headers)) {
			return needsBody ? { fault: cutOffFault } : { success: true };
		}
		const answer = error instanceof UnsuccessfulAnswer ? error : cutOff;
		if (answer === undefined) return { fault: faultOf(error) };
		return { answer: readAnswer(answer, await makeRedactor()) };
	}
}

function isRefusedForRate(attempt: Attempt): boolean {
	return 'answer' in attempt && attempt.answer.statusCode === 429;
}

const cutOffFault: ConnectionFault = {
	kind: 'closed',
	detail: 'cut off',
	mayHaveArrived: true,
};

function mayHaveBeenDone(attempt: Attempt): boolean {
	if ('answer' in attempt) return leavesUnclear(attempt.answer);
	return 'fault' in attempt && attempt.fault.mayHaveArrived;
}

function isRetried(attempt: Attempt, { isRepeatable }: Sending): boolean {
	if ('answer' in attempt) return isRetriedStatusCode(attempt.answer.statusCode, isRepeatable);
	return 'fault' in attempt && isRetriedFault(attempt.fault, isRepeatable);
}
