import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { deleteImageProjects, runMagicHour, toItems, withIds } from '../engine/magicHour';
import { useSandbox } from '../engine/useSandbox';

const hour = 60 * 60 * 1000;
/** A node that trusts the clock would wait for an hour. */
const timeout = 10_000;

const sandbox = useSandbox();
afterEach(() => jest.restoreAllMocks());

/** Sets the clock while the node waits, after it has had its first answer. */
async function setClock(milliseconds: number): Promise<void> {
	while (sandbox().requests[0]?.status === undefined) await nextTurn();
	await sleep(300);
	shiftClock(milliseconds);
}

function shiftClock(milliseconds: number): void {
	const { now } = Date;
	jest.spyOn(Date, 'now').mockImplementation(() => now() + milliseconds);
}

describe.each([
	['back', -hour],
	['on', hour],
])('a clock that is set %s by an hour', (_, milliseconds) => {
	it(
		'does not change the wait that Retry-After asks for',
		async () => {
			const id = sandbox().projects.create();
			const answer = { status: 429, headers: { 'retry-after': '1' } };
			sandbox().addFaults({ id, times: 1, fault: { answer } });
			const startedAt = performance.now();
			const [{ status }] = await Promise.all([
				deleteImageProjects(sandbox(), withIds(id)),
				setClock(milliseconds),
			]);
			expect(status).toBe('success');
			expect(performance.now() - startedAt).toBeGreaterThan(990);
		},
		timeout,
	);

	it(
		'before the run does not change the wait until a date',
		async () => {
			const id = sandbox().projects.create();
			// A date of HTTP has no fractions of a second: this one is 1 or 2 seconds away.
			const retryAfter = new Date(Date.now() + 2_000).toUTCString();
			const answer = { status: 429, headers: { 'retry-after': retryAfter } };
			sandbox().addFaults({ id, times: 1, fault: { answer } });
			shiftClock(milliseconds);
			const startedAt = performance.now();
			const { status } = await deleteImageProjects(sandbox(), withIds(id));
			expect(status).toBe('success');
			expect(performance.now() - startedAt).toBeGreaterThan(990);
		},
		timeout,
	);

	it(
		'does not change the maximum wait',
		async () => {
			sandbox().projects.holdClock();
			const id = sandbox().projects.create();
			const startedAt = performance.now();
			const [{ error }] = await Promise.all([
				runMagicHour(sandbox(), 'imageProject', 'get', toItems([{ id }]), {
					parameters: { id },
					options: { waitForCompletion: true, maxWait: 1 },
				}),
				setClock(milliseconds),
			]);
			expect(error?.message).toContain('was still in progress after 1 second ');
			expect(performance.now() - startedAt).toBeGreaterThan(990);
		},
		timeout,
	);
});
