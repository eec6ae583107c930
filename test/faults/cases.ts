import { gzipSync } from 'node:zlib';
import { statusClasses } from '../../nodes/MagicHour/http/statuses';
import type { Fault } from '../sandbox/faults';

/** A fault of the sandbox, under a name. */
export interface FaultCase {
	name: string;
	fault: Fault;
	/** How many requests meet it; without it, all do. */
	times?: number;
}

/** Every status that can end a request. */
export const allStatuses = Array.from({ length: 400 }, (_, index) => 200 + index);

/** The failures that the API documents: all are crossed, since their error texts differ. */
const documentedStatuses = [400, 401, 402, 403, 404, 422, 429, 500];

/** The statuses that are crossed with every body, mode and operation: with the first of each class. */
export const crossedStatuses = [
	...new Set([
		301,
		...statusClasses.map(({ from }) => from).filter((status) => status >= 200),
		...documentedStatuses,
	]),
];

const html = '<html><body><h1>Fault</h1>\n<p>of a gateway</p></body></html>';
const json = { code: 'fault_of_a_test', message: 'The message of a fault' };
const largeBody = `<html>${'x'.repeat(5 * 1024 * 1024)}</html>`;

/** Who answers with a success has done what was asked for; after a 5xx, nobody knows. */
function answerWith(status: number, body: string | object, fault: Fault = {}): Fault {
	return { afterProcessing: status < 300, answer: { status, body }, ...fault };
}

/** What a gateway says that does not know a path: never a project that is not there. */
const unknownPaths = [
	{ message: 'no Route matched with those values' },
	{ message: 'Route DELETE:/v1/x not found', error: 'Not Found', statusCode: 404 },
	{ message: 'Not Found', error: 'Not Found', status: 404, path: '/v1/x' },
	{ code: 'NOT_FOUND', message: 'The page could not be found' },
	{ message: 'Image project endpoint not found' },
];

/** Answers with a status, in each of the bodies that a server or a proxy may send. */
function bodyCases(status: number): FaultCase[] {
	return [
		{ name: `${status} JSON`, fault: answerWith(status, json) },
		{ name: `${status} cut off`, fault: answerWith(status, html, { cutOff: true }) },
		{ name: `${status} HTML`, fault: answerWith(status, html) },
		{ name: `${status} empty`, fault: answerWith(status, '') },
		{
			name: `${status} JSON that claims to be a picture`,
			fault: answerWith(status, json, {
				answer: {
					status,
					body: JSON.stringify(json),
					headers: { 'content-type': 'image/png' },
				},
			}),
		},
		{
			name: `${status} HTML that claims to be JSON`,
			fault: answerWith(status, html, {
				answer: { status, body: html, headers: { 'content-type': 'application/json' } },
			}),
		},
		...(status === 404 ? unknownPaths : []).map((body) => ({
			name: `404 ${JSON.stringify(body)}`,
			fault: answerWith(status, body),
		})),
	];
}

/** Large answers, one of each crossed status. */
export const largeCases: FaultCase[] = crossedStatuses.map((status) => ({
	name: `${status} of 5 MB`,
	fault: answerWith(status, largeBody),
}));

/** @returns the bodies in which a server may echo the API key */
function echoes(apiKey: string): Array<string | object> {
	const bearer = `Bearer ${apiKey}`;
	return [
		JSON.stringify({ headers: { authorization: bearer, accept: 'application/json' } }),
		`authorization: ${bearer}\r\naccept: application/json`,
		`key=${encodeURIComponent(apiKey)}`,
		...[apiKey, bearer, `:${apiKey}`, `user:${apiKey}`, `${apiKey}:`].flatMap((text) => [
			Buffer.from(text).toString('base64'),
			Buffer.from(text).toString('base64url'),
		]),
	].flatMap((message) => [{ message }, message]);
}

/** Answers with a status that echo the API key, in every form. */
export function echoCases(status: number, apiKey: string): FaultCase[] {
	return echoes(apiKey).map((body, index) => ({
		name: `${status} echo ${index}`,
		fault: answerWith(status, body),
	}));
}

/** Answers that ask to wait, in every form of `Retry-After`, once each. */
export function retryAfterCases(): FaultCase[] {
	const waits = {
		'in seconds': '1',
		'of no seconds': '0',
		'as a date': new Date(Date.now() + 2_000).toUTCString(),
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
			fault: answerWith(status, json, {
				answer: { status, body: json, headers: { 'retry-after': wait } },
			}),
			times: 1,
		})),
	);
}

/** An error of the client's socket, after the request has arrived. */
function socketErrorCase(clientError: string, afterProcessing: boolean): FaultCase {
	const when = `${afterProcessing ? 'after' : 'before'} the request was carried out`;
	return { name: `${clientError} ${when}`, fault: { clientError, afterProcessing } };
}

/** Faults of the connection, and answers that do not tell what was done. */
export const lostAnswerCases: FaultCase[] = [false, true].flatMap((afterProcessing) => {
	const when = `${afterProcessing ? 'after' : 'before'} the request was carried out`;
	return [
		{ name: `reset ${when}`, fault: { reset: true, afterProcessing } },
		{ name: `half-closed ${when}`, fault: { halfClose: true, afterProcessing } },
		{ name: `garbage ${when}`, fault: { garbage: true, afterProcessing } },
		socketErrorCase('EHOSTUNREACH', afterProcessing),
		{ name: `500 ${when}`, fault: { afterProcessing, answer: { status: 500, body: json } } },
		{ name: `501 ${when}`, fault: { afterProcessing, answer: { status: 501, body: json } } },
		{ name: `503 ${when}`, fault: { afterProcessing, answer: { status: 503, body: html } } },
		{
			name: `502 cut off ${when}`,
			fault: { afterProcessing, cutOff: true, answer: { status: 502, body: html } },
		},
	];
});

/** Corrupt TLS records, after the request was read: for a sandbox that speaks TLS. */
export const corruptTlsCases: FaultCase[] = [false, true].flatMap((afterProcessing) => {
	const when = `${afterProcessing ? 'after' : 'before'} the request was carried out`;
	return (['version', 'mac'] as const).map((corruptTls) => ({
		name: `a TLS record with a wrong ${corruptTls} ${when}`,
		fault: { corruptTls, afterProcessing },
	}));
});

/** Answers that go on for ever, little by little, unless the node has a deadline. */
export const dripCases: FaultCase[] = [
	...[false, true].flatMap((afterProcessing): FaultCase[] => {
		const when = `${afterProcessing ? 'after' : 'before'} the request was carried out`;
		const answer = { status: 500 };
		return [
			{ name: `dripping headers ${when}`, fault: { drip: 'headers', afterProcessing } },
			{ name: `dripping body of a 500 ${when}`, fault: { drip: 'body', afterProcessing, answer } },
		];
	}),
	{ name: 'dripping body of a success', fault: answerWith(200, '', { drip: 'body' }) },
];

/** Answers that are encoded, and end before the encoding does. */
export const cutEncodingCases: FaultCase[] = (['gzip', 'br', 'deflate'] as const).flatMap(
	(encoding) => [
		{ name: `${encoding}, cut off at its origin`, fault: { encoding, truncated: true } },
		{ name: `${encoding}, cut off on its way`, fault: { encoding, cutOff: true } },
	],
);

/** A part of a file, which nobody has asked for. */
export const partCase: FaultCase = {
	name: '206 with a part',
	fault: {
		answer: {
			status: 206,
			body: Buffer.alloc(20),
			headers: { 'content-type': 'image/png', 'content-range': 'bytes 0-19/200' },
		},
	},
};

const depth = 20_000;
const nested = `{"message":${'['.repeat(depth)}${']'.repeat(depth)}}`;
const hugeBytes = 150 * 1024 * 1024;

/** Small answers that become large, or deep, when they are read. */
export function hostileCases(): FaultCase[] {
	const huge = gzipSync(Buffer.alloc(hugeBytes, ' '));
	const type = { 'content-type': 'application/json' };
	const hugeHeaders = { ...type, 'content-encoding': 'gzip' };
	return [
		...[200, 404, 500].map((status) => ({
			name: `${status} nested`,
			fault: answerWith(status, '', { answer: { status, body: nested, headers: type } }),
		})),
		...[200, 500].map((status) => ({
			name: `${status} of 150 MB in gzip`,
			fault: answerWith(status, '', { answer: { status, body: huge, headers: hugeHeaders } }),
		})),
	];
}

/** Answers that never end, unless the node has a time-out. */
export const stallCases: FaultCase[] = [false, true].flatMap((afterProcessing) => {
	const when = `${afterProcessing ? 'after' : 'before'} the request was carried out`;
	return [
		{ name: `stalled headers ${when}`, fault: { stall: 'headers', afterProcessing } },
		{
			name: `stalled body of a 500 ${when}`,
			fault: { stall: 'body', afterProcessing, answer: { status: 500, body: html } },
		},
	] satisfies FaultCase[];
});

/** Faults that pass, so that a retry can succeed. */
export const recoveringCases: FaultCase[] = [
	...lostAnswerCases.filter(({ name }) => !name.startsWith('501 ')),
	...[429, 500, 503].map((status) => ({
		name: `${status} JSON`,
		fault: answerWith(status, json),
	})),
].flatMap(({ name, fault }) =>
	[1, 2].map((times) => ({ name: `${name}, ${times} times`, fault, times })),
);

/** The crossed statuses in every body, and the faults of the connection. */
export const faultCases: FaultCase[] = [
	...crossedStatuses.flatMap(bodyCases),
	...lostAnswerCases,
	...recoveringCases,
];

/** What each mode and operation meets: without retries, a fault that passes is like one that stays. */
export function crossedCases(maxRetries: number): FaultCase[] {
	const cases = [...faultCases, ...retryAfterCases()];
	return maxRetries > 0 ? cases : cases.filter((one) => !recoveringCases.includes(one));
}

const socketErrors = ['EHOSTDOWN', 'ENETDOWN', 'ENETUNREACH', 'ETIMEDOUT'];

/**
 * Every status, after the API has done its work if the status leaves that open, and errors of the
 * client's socket.
 */
export const sweepCases: FaultCase[] = [
	...allStatuses.map((status) => ({
		name: `${status}`,
		fault: { afterProcessing: status < 300 || status >= 500, answer: { status, body: json } },
	})),
	...socketErrors.map((code) => socketErrorCase(code, true)),
];

/** Every 2xx as a web page, which only a proxy sends. */
export const webPageCases: FaultCase[] = allStatuses
	.filter((status) => status < 300)
	.map((status) => ({ name: `${status} web page`, fault: answerWith(status, html) }));

/** Every status once, with one of the echoes of the API key. */
export function echoSweepCases(apiKey: string): FaultCase[] {
	return allStatuses.flatMap((status, index) => {
		const cases = echoCases(status, apiKey);
		return cases.slice(index % cases.length).slice(0, 1);
	});
}
