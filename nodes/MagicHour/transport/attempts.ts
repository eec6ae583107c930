import { isSuccess, leavesUnclear, readAnswer, UnsuccessfulAnswer } from './answer';
import { cutOffAnswerOf, faultOf } from './connection';
import { isRetriedFault, isRetriedStatusCode, waitBeforeRetry } from './retry';
import type { Run } from './run';
import type { Redactor } from './secrets';
import type { Answer, Attempts, ConnectionFault, Outcome } from './types';
import { waitUnlessStopped } from './wait';

type Attempt = { success: true } | { answer: Answer } | { fault: ConnectionFault };

/**
 * Sends one DELETE or GET, and repeats it while that can help.
 *
 * @param send makes one attempt; resolves for a success
 * @param request names what is asked for: what an earlier try of the node learnt of it is taken into account
 * @param makeRedactor makes what takes the API key out of an answer
 * @returns how it ended; never rejects for what the network or Magic Hour did
 */
export async function sendWithRetries(
	send: () => Promise<unknown>,
	request: string,
	run: Run,
	makeRedactor: () => Promise<Redactor>,
): Promise<Outcome> {
	const attempts: Attempts = { retries: 0, mayHaveBeenDone: run.memory.uncertain.has(request) };
	for (let last: Outcome = { kind: 'notAttempted' }; ; attempts.retries++) {
		await run.gate.waitForTurn(run);
		if (run.canceled) return canceled(attempts, last.kind !== 'notAttempted');
		if (run.stopped) return last;

		const attempt = await attemptOnce(send, makeRedactor);
		if (!isRefusedForRate(attempt)) run.gate.noteTaken();
		if ('success' in attempt) return { kind: 'success' };

		last =
			'answer' in attempt
				? { kind: 'answered', answer: attempt.answer, attempts: { ...attempts } }
				: { kind: 'unanswered', fault: attempt.fault, attempts: { ...attempts } };
		if (mayHaveBeenDone(attempt)) {
			attempts.mayHaveBeenDone = true;
			run.memory.uncertain.add(request);
		}
		if (!isRetried(attempt) || attempts.retries >= run.limits.maxRetries) return last;

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
	makeRedactor: () => Promise<Redactor>,
): Promise<Attempt> {
	try {
		await send();
		return { success: true };
	} catch (error) {
		const answer = error instanceof UnsuccessfulAnswer ? error : cutOffAnswerOf(error);
		if (answer === undefined) return { fault: faultOf(error) };
		if (isSuccess(answer.statusCode, answer.headers)) return { success: true };
		return { answer: readAnswer(answer, await makeRedactor()) };
	}
}

function isRefusedForRate(attempt: Attempt): boolean {
	return 'answer' in attempt && attempt.answer.statusCode === 429;
}

function mayHaveBeenDone(attempt: Attempt): boolean {
	if ('answer' in attempt) return leavesUnclear(attempt.answer);
	return 'fault' in attempt && attempt.fault.mayHaveArrived;
}

function isRetried(attempt: Attempt): boolean {
	if ('answer' in attempt) return isRetriedStatusCode(attempt.answer.statusCode);
	return 'fault' in attempt && isRetriedFault(attempt.fault);
}
