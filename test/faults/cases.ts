import type { Fault, FaultRule } from '../sandbox/faults';

/** A fault of the sandbox, under a name. */
export interface FaultCase {
	name: string;
	fault: Fault;
	/** For how many requests; without it, for all. */
	times?: number;
}

/** How many characters the largest answers have. */
export const largeBodySize = 5 * 1024 * 1024;

const largeBody = `<html>${'x'.repeat(largeBodySize)}</html>`;
const html = '<html><body><h1>Fault</h1>\n<p>of a gateway</p></body></html>';
const json = { code: 'fault_of_a_test', message: 'The message of a fault' };

/** Every status that is final. */
export const statuses = Array.from({ length: 400 }, (_, index) => 200 + index);

/** The statuses that the API documents, and those of each class that differ most. */
export const telling = [200, 204, 301, 400, 401, 402, 403, 404, 422, 429, 500, 502, 503, 504];

/** A server that answers with a success has done what it was asked for. */
function answering(status: number, body: string | object, fault: Fault = {}): Fault {
	return { afterDeed: status < 300, answer: { status, body }, ...fault };
}

/** An answer with each of the statuses, in JSON and cut off. */
export const statusCases: FaultCase[] = statuses.flatMap((status) => [
	{ name: `${status} JSON`, fault: answering(status, json) },
	{ name: `${status} cut off`, fault: answering(status, html, { cutOff: true }) },
]);

/** An answer with each of the statuses, in HTML, empty, and as something that it is not. */
export const bodyCases: FaultCase[] = statuses.flatMap((status) => [
	{ name: `${status} HTML`, fault: answering(status, html) },
	{ name: `${status} empty`, fault: answering(status, '') },
	{
		name: `${status} JSON that claims to be a picture`,
		fault: {
			afterDeed: status < 300,
			answer: {
				status,
				body: JSON.stringify(json),
				headers: { 'content-type': 'image/png' },
			},
		},
	},
	{
		name: `${status} HTML that claims to be JSON`,
		fault: {
			afterDeed: status < 300,
			answer: { status, body: html, headers: { 'content-type': 'application/json' } },
		},
	},
]);

/** Large answers with these statuses. */
export function largeCases(ofStatuses: number[]): FaultCase[] {
	return ofStatuses.map((status) => ({
		name: `${status} of 5 MB`,
		fault: answering(status, largeBody),
	}));
}

/** Answers with each of the statuses that give the API key back, in the forms that a server may. */
export function echoCases(apiKey: string): FaultCase[] {
	const bearer = `Bearer ${apiKey}`;
	const echo = [
		JSON.stringify({ headers: { authorization: bearer, accept: 'application/json' } }),
		`authorization: ${bearer}\r\naccept: application/json`,
		`key=${encodeURIComponent(apiKey)}`,
		...[apiKey, bearer, `:${apiKey}`, `user:${apiKey}`, `${apiKey}:`].flatMap((text) => [
			Buffer.from(text).toString('base64'),
			Buffer.from(text).toString('base64url'),
		]),
	];
	return statuses.flatMap((status) =>
		echo.map((message, index) => ({
			name: `${status} echo ${index}`,
			fault: answering(status, index % 2 === 0 ? { message } : message),
		})),
	);
}

const inTwoSeconds = () => new Date(Date.now() + 2_000).toUTCString();

/** One answer that asks to wait, in every way, before the API does as asked. */
export function retryAfterCases(): FaultCase[] {
	const waits = {
		'in seconds': '1',
		'of no seconds': '0',
		'as a date': inTwoSeconds(),
		'as a date in the past': new Date(0).toUTCString(),
		'absurdly large': '99999999',
		'larger than a number': '9'.repeat(400),
		'as a date in the far future': 'Fri, 31 Dec 9999 23:59:59 GMT',
		'that is negative': '-5',
		'with a fraction': '1.5',
		'that is garbage': 'soon; maybe',
	};
	return [429, 503].flatMap((status) =>
		Object.entries(waits).map(([name, wait]) => ({
			name: `${status} with a Retry-After ${name}`,
			fault: answering(status, json, {
				answer: { status, body: json, headers: { 'retry-after': wait } },
			}),
			times: 1,
		})),
	);
}

/** Faults of the connection, and answers that do not tell what was done. */
export const lostCases: FaultCase[] = [false, true].flatMap((afterDeed) => {
	const when = `${afterDeed ? 'after' : 'before'} the deed`;
	return [
		{ name: `reset ${when}`, fault: { reset: true, afterDeed } },
		{ name: `half-closed ${when}`, fault: { halfClose: true, afterDeed } },
		{ name: `500 ${when}`, fault: { afterDeed, answer: { status: 500, body: json } } },
		{ name: `503 ${when}`, fault: { afterDeed, answer: { status: 503, body: html } } },
		{
			name: `502 cut off ${when}`,
			fault: { afterDeed, cutOff: true, answer: { status: 502, body: html } },
		},
	];
});

/** Answers that never end, unless the node has a time-out. */
export const stallCases: FaultCase[] = [false, true].flatMap((afterDeed) => {
	const when = `${afterDeed ? 'after' : 'before'} the deed`;
	return [
		{ name: `stalled headers ${when}`, fault: { stall: 'headers', afterDeed } },
		{
			name: `stalled body of a 500 ${when}`,
			fault: { stall: 'body', afterDeed, answer: { status: 500, body: html } },
		},
	] satisfies FaultCase[];
});

/** The same faults, of a server that recovers. */
export const recoveringCases: FaultCase[] = [
	...lostCases,
	...[429, 500, 503].map((status) => ({
		name: `${status} JSON`,
		fault: answering(status, json),
	})),
].flatMap(({ name, fault }) =>
	[1, 2].map((times) => ({ name: `${name}, ${times} times`, fault, times })),
);

/** @returns the rule by which the sandbox shows a fault to those who ask for a project */
export function ruleFor(id: string, { fault, times }: FaultCase): FaultRule {
	return { id, times, fault };
}
