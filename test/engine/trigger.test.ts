import axios from 'axios';
import fc from 'fast-check';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import {
	LoggerProxy,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INodeParameters,
	type IRun,
} from 'n8n-workflow';
import { MagicHourTrigger } from '../../nodes/MagicHour/MagicHourTrigger.node.js';
import { sandboxWebhookSecret as secret, signatureHeaders } from '../sandbox/webhooks';
import { runWorkflow } from './engine';
import { Deferred, useVirtualTime } from './time';
import { useSandbox } from './useSandbox';
import { WebhookServer } from './webhookServer';
import { required } from '../required';

const sandbox = useSandbox();
const lifeOfProject = 4_000;
const day = 24 * 60 * 60 * 1000;

let n8n: WebhookServer;
beforeAll(async () => {
	n8n = await WebhookServer.start();
});
beforeEach(() => {
	n8n.reset({ apiKey: sandbox().apiKey, baseUrl: sandbox().url, webhookSecret: secret });
	sandbox().webhooks.register(n8n.url);
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => await n8n.close());

describe('an event of a project', () => {
	it.each(['image', 'video', 'audio'] as const)(
		'starts the workflow, for each step of an %s',
		async (kind) => {
			const done = sandbox().projects.create({ kind, name: 'Lighthouse' });
			const failed = sandbox().projects.create({ kind, outcome: 'error' });
			await advance(1_000);
			await advance(3_000);

			expect(byProject(await started(), done)).toEqual([`${kind}.started`, `${kind}.completed`]);
			expect(byProject(await started(), failed)).toEqual([`${kind}.started`, `${kind}.errored`]);
		},
	);

	it('gives an item from which a person can map the project', async () => {
		const before = Date.now();
		const id = sandbox().projects.create({ name: 'Lighthouse', isFinished: true, files: 2 });
		await settle();

		const item = (await started()).find(({ event }) => event === 'image.completed');
		expect(item).toEqual({
			event: 'image.completed',
			project: expect.objectContaining({
				id,
				name: 'Lighthouse',
				status: 'complete',
				downloads: [{ url: expect.any(String), expires_at: expect.any(String) }, expect.anything()],
			}),
			receivedAt: expect.any(String),
		});
		expect(Date.parse(String(item?.receivedAt))).toBeGreaterThanOrEqual(before);
		expect(Object.keys(item ?? {})).not.toContain('downloadError');
	});

	it('gives the project as the other operations do', async () => {
		sandbox().projects.create({ kind: 'video', name: 'Waves', isFinished: true });
		await settle();

		const item = (await started()).find(({ event }) => event === 'video.completed');
		const project = Object(item?.project);
		const leading = ['id', 'name', 'status', 'url', 'downloads', 'credits_charged'];
		expect(Object.keys(project).slice(0, leading.length)).toEqual(leading);
		expect(project.url).toBe(project.downloads[0].url);
		expect(project).not.toHaveProperty('total_frame_cost');
		expect(Object.values(project)).not.toContain(null);
	});

	it('gives an item with bounds, whatever the event has in it', async () => {
		const lists = 20_000;
		const nested = `${'['.repeat(lists)}${']'.repeat(lists)}`;
		const payload = `{ "id": "deep", "name": "${'x'.repeat(100_000)}", "nested": ${nested} }`;

		await sendSigned(`{ "type": "image.completed", "payload": ${payload} }`);

		const [item] = await started();
		expect(JSON.stringify(item).length).toBeLessThan(20_000);
		expect(item).toMatchObject({ project: { id: 'deep' } });
	});

	it('is answered 200', async () => {
		sandbox().projects.create({ isFinished: true });
		await settle();
		expect(sandbox().webhooks.deliveries.map(({ status }) => status)).toEqual([200, 200]);
	});

	it('is none where a project was canceled', async () => {
		sandbox().projects.create({ outcome: 'canceled' });
		await advance(lifeOfProject);
		expect(await startedEvents()).toEqual(['image.started']);
	});

	it('starts the workflow also when it comes late, or out of order', async () => {
		sandbox().webhooks.addFaults(
			{ id: 'late', event: 'image.completed', fault: { delay: 3 * 60 * 60 * 1000 } },
			{ id: 'mixed-up', event: 'image.started', fault: { afterNext: true } },
		);
		for (const id of ['late', 'mixed-up']) sandbox().projects.create({ id, isFinished: true });
		await settle();
		expect(byProject(await started(), 'late')).toEqual(['image.started']);
		expect(byProject(await started(), 'mixed-up')).toEqual(['image.completed', 'image.started']);
		await advance(3 * 60 * 60 * 1000);
		expect(byProject(await started(), 'late')).toEqual(['image.started', 'image.completed']);
	});

	it('comes by itself as time passes, to where a control route of the sandbox says', async () => {
		const control = axios.create({ baseURL: `${sandbox().url}/sandbox`, proxy: false });
		await control.post('/webhook', { url: '' });
		await control.post('/projects', { ids: ['before'], isFinished: true });
		await control.post('/webhook', { url: n8n.url, secret });
		await control.post('/webhook/faults', [{ id: 'a', fault: { repeats: 1 } }]);
		await control.post('/projects', { ids: ['a'] });
		while (sandbox().webhooks.deliveries.length < 2) await sleep(50);
		const delivery = { event: 'image.started', id: 'a', status: 200 };
		expect((await control.get('/webhook')).data).toMatchObject([delivery, delivery]);
		expect(await startedEvents()).toEqual(['image.started']);
	});

	it('is ignored where its type is not selected', async () => {
		n8n.parameters = { events: ['image.completed', 'audio.errored'] };
		sandbox().projects.create({ id: 'done', isFinished: true });
		sandbox().projects.create({ id: 'failed', outcome: 'error', isFinished: true });
		await settle();
		expect(await startedEvents()).toEqual(['image.completed']);
		expect(sandbox().webhooks.deliveries.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
	});

	it.each(['MAGIC-HOUR-EVENT-', 'Magic-Hour-Event-', 'magic-hour-event-'])(
		'is known by its headers in any case: %s',
		async (prefix) => {
			const body = eventBody();
			const headers = Object.entries(signatureHeaders(body, secret)).map(([name, value]) => [
				name.replace('magic-hour-event-', prefix),
				value,
			]);
			expect((await send(body, Object.fromEntries(headers))).status).toBe(200);
			expect(await startedEvents()).toEqual(['image.completed']);
		},
	);

	it('may have been written in any way that JSON allows', async () => {
		const body = ` {"payload" :{ "id":"caf\\u00e9-ö" , "n":1.50 },\n"type":"image.completed"}\n`;
		expect((await send(body, signatureHeaders(body, secret))).status).toBe(200);
		expect((await started())[0]?.project).toEqual({ id: 'café-ö', n: 1.5 });
	});
});

describe("an event of a type that this version doesn't support this event type", () => {
	const unknown = [
		['a new event', eventBody({ type: 'image.canceled' })],
		['an event of another resource', eventBody({ type: 'credits.low', payload: { left: 3 } })],
		['an inherited name', eventBody({ type: 'constructor' })],
		['no payload', JSON.stringify({ type: 'webhook.verify' })],
		['a payload that is no project', eventBody({ type: 'ping', payload: ['x', null] })],
	];

	it.each(unknown)(
		'is answered 200 and ignored, so that it is not repeated: %s',
		async (_, body) => {
			const { status, text } = await sendSigned(body);
			expect([status, text]).toEqual([
				200,
				expect.stringContaining("doesn't support this event type"),
			]);
			expect(text.length).toBeLessThan(200);
			expect(await n8n.ended()).toEqual([]);
			expect(n8n.staticData).toBe('{}');
		},
	);

	it.each(unknown)('is answered 401 where it is not signed: %s', async (_, body) => {
		expect((await send(body, {})).status).toBe(401);
		expect((await send(body, signed(body, { signature: 'other secret' }))).status).toBe(401);
		n8n.parameters = { options: { allowUnsignedEvents: true } };
		expect((await send(body, {})).status).toBe(200);
		expect((await send(body, signed(body, { signature: 'other secret' }))).status).toBe(401);
		expect(await n8n.ended()).toEqual([]);
	});
});

describe('registering the webhook', () => {
	const refusal = expect.objectContaining({
		message: expect.stringMatching(
			/no webhook secret.*'Webhook Secret' of the Magic Hour credential/,
		),
		description: expect.stringMatching(/Developer Hub.*'Allow Unsigned Events'/),
	});

	describe.each(['webhook', 'manual'] as const)('in the mode %s', (mode) => {
		beforeEach(() => {
			n8n.mode = mode;
		});

		it.each<ICredentialDataDecryptedObject>([
			{},
			{ webhookSecret: '' },
			{ webhookSecret: ' , \n' },
		])('is refused with the credential %j', async (credential) => {
			n8n.credential = credential;
			await expect(n8n.register()).rejects.toEqual(refusal);
			n8n.parameters = { options: { allowUnsignedEvents: 'neither true nor false' } };
			await expect(n8n.register()).rejects.toEqual(refusal);
		});

		it('is refused without a credential', async () => {
			n8n.credential = undefined;
			await expect(n8n.register()).rejects.toEqual(refusal);
		});

		it('succeeds where events can be trusted, or need not be', async () => {
			await n8n.register();
			n8n.credential = {};
			n8n.parameters = { options: { allowUnsignedEvents: true } };
			await n8n.register();
		});

		it.each(['init', 'leadershipChange'] as const)(
			'succeeds when n8n starts what was published before: %s',
			async (activation) => {
				n8n.mode = 'trigger';
				n8n.credentialError = new Error('SQLITE_BUSY');
				await n8n.register(activation);
				n8n.credential = {};
				await n8n.register(activation);
			},
		);

		it('fails for a reason of n8n where the credential cannot be read', async () => {
			n8n.credentialError = new Error('SQLITE_BUSY');
			await expect(n8n.register()).rejects.toThrow('SQLITE_BUSY');
		});
	});
});

describe('several webhook secrets', () => {
	const other = 'whsec_of-the-test-URL';

	it.each([
		['commas', `${secret},${other}`],
		['commas and spaces', ` ${other} , ${secret} `],
		['line breaks', `${secret}\n${other}\n`],
		['line breaks of Windows', `\r\n${other}\r\n\r\n${secret}`],
		['empty entries', `,,${other},\n,${secret},`],
		['what a browser makes of a line break', `${secret} ${other}`],
	])('separated by %s are all accepted', async (_, webhookSecret) => {
		n8n.credential = { webhookSecret };
		for (const one of [secret, other]) {
			const body = eventBody();
			expect((await send(body, signatureHeaders(body, one))).status).toBe(200);
		}
		expect(await n8n.ended()).toHaveLength(2);

		const log = captureLog();
		const body = eventBody();
		for (const wrong of [`${secret},${other}`, webhookSecret, '', ',', `${secret}${other}`]) {
			const { status, text } = await send(body, signatureHeaders(body, wrong));
			expect([status, text]).toEqual([
				401,
				expect.stringContaining("doesn't match any webhook secret"),
			]);
			for (const said of [text, log()]) {
				expect(said).not.toContain(secret);
				expect(said).not.toContain(other);
			}
		}
		expect(await n8n.ended()).toHaveLength(2);
	});

	it.each(['', ' ', ',', '\n', ' , \n'])(
		'that are none count as none: %j',
		async (webhookSecret) => {
			n8n.credential = { webhookSecret };
			const body = eventBody();
			const { status, text } = await send(body, signatureHeaders(body, ''));
			expect([status, text]).toEqual([401, expect.stringContaining('no webhook secret')]);
		},
	);
});

describe('an option that is given as text', () => {
	const unsigned = async (allowUnsignedEvents: unknown) => {
		n8n.parameters = { options: { allowUnsignedEvents } as INodeParameters };
		return (await send(eventBody(), {})).status;
	};

	it('allows unsigned events only where it surely says so', async () => {
		for (const value of [true, 'true', ' TRUE ']) expect(await unsigned(value)).toBe(200);
		const others = [false, 'false', '', null, 'yes', 1, 'truefalse', ['true'], [true], {}];
		for (const value of others) expect(await unsigned(value)).toBe(401);
	});

	it('takes repeated events only where it surely says so', async () => {
		const repeats = async (ignoreRepeatedEvents: unknown) => {
			n8n.parameters = { options: { ignoreRepeatedEvents } as INodeParameters };
			const body = eventBody();
			const before = (await n8n.ended()).length;
			for (let copy = 0; copy < 2; copy++) await sendSigned(body);
			return (await n8n.ended()).length - before;
		};
		for (const value of [false, 'false', ' False\n']) expect(await repeats(value)).toBe(2);
		for (const value of [true, 'true', '', null, 'no', 0, []]) expect(await repeats(value)).toBe(1);
	});

	it.each([
		['a list as text', 'image.completed, video.completed'],
		['lines', 'Image.Completed\nvideo.completed'],
		['semicolons', 'image.completed;video.completed'],
		['JSON', '["image.completed","video.completed"]'],
		['a list of other case', ['IMAGE.COMPLETED', ' video.completed ']],
		['labels', 'Image Completed, Video Completed'],
	])('selects events by %s', async (_, events) => {
		n8n.parameters = { events };
		for (const type of ['image.completed', 'image.started', 'video.completed', 'audio.errored']) {
			await sendSigned(eventBody({ type }));
		}
		expect(await startedEvents()).toEqual(['image.completed', 'video.completed']);
	});
});

describe('what is not from Magic Hour, or not an event', () => {
	const valid = eventBody();
	const forgeries: Array<[string, number, string, string, Record<string, string>]> = [
		['no signature', 401, 'not signed', valid, signed(valid, { signature: 'absent' })],
		['no header at all', 401, 'not signed', valid, {}],
		[
			'another secret',
			401,
			'match any webhook secret',
			valid,
			signed(valid, { signature: 'other secret' }),
		],
		[
			'a changed body',
			401,
			'match any webhook secret',
			valid,
			signed(valid, { signature: 'other body' }),
		],
		[
			'a changed time',
			401,
			'match any webhook secret',
			valid,
			signed(valid, { signature: 'other timestamp' }),
		],
		['a time that is past', 401, 'seconds old', valid, signed(valid, { timestampOffset: -310 })],
		['a time to come', 401, 'in the future', valid, signed(valid, { timestampOffset: 600 })],
		['no time', 401, 'timestamp', valid, withHeader(valid, 'timestamp', '')],
		['a time in words', 401, 'timestamp', valid, withHeader(valid, 'timestamp', 'now')],
		[
			'a signature with more',
			401,
			'match any webhook secret',
			valid,
			withHeader(valid, 'signature', longer),
		],
		[
			'a signature cut off',
			401,
			'match any webhook secret',
			valid,
			withHeader(valid, 'signature', shorter),
		],
		[
			'a signature of nothing',
			401,
			'match any webhook secret',
			valid,
			withHeader(valid, 'signature', ''),
		],
		...(
			[
				['no body', '', 'not a JSON event'],
				['no JSON', 'type=image.completed', 'not a JSON event'],
				['half a JSON', valid.slice(0, -1), 'not a JSON event'],
				['a list', '[]', 'not a JSON event'],
				['nothing in JSON', 'null', 'not a JSON event'],
				['an event that is a number', eventBody({ type: 7 }), 'not a JSON event'],
				['an event that is a list', eventBody({ type: ['image.completed'] }), 'not a JSON event'],
				['an event without a name', eventBody({ type: ' ' }), 'not a JSON event'],
				['no project', JSON.stringify({ type: 'image.completed' }), 'has no valid project ID'],
				['a project without an ID', eventBody({ payload: {} }), 'has no valid project ID'],
				...['', '..', 'a/b', 'a\nb', 'a\u200b', 'undefined'].map((id) => [
					`a project with the ID "${encodeURIComponent(id)}"`,
					eventBody({ payload: { id } }),
					'has no valid project ID',
				]),
				[
					'a project with an endless ID',
					eventBody({ payload: { id: 'x'.repeat(201) } }),
					'project',
				],
				['more than an event can be', eventBody({ more: 'x'.repeat(1024 * 1024) }), 'too large'],
			] as Array<[string, string, string]>
		).map(([title, body, reason]): (typeof forgeries)[number] => {
			return [title, 400, reason, body, { ...signed(body), 'content-type': 'text/plain' }];
		}),
	];

	it.each(forgeries)('is refused: %s', async (_title, status, reason, body, headers) => {
		const log = captureLog();
		const { status: answered, text } = await send(body, headers);

		expect(answered).toBe(status);
		expect(JSON.parse(text)).toEqual({ message: expect.stringContaining(reason) });
		expect(text.length).toBeLessThan(120);
		expect(await n8n.ended()).toEqual([]);
		expect(n8n.staticData).toBe('{}');
		const timestamp = headers['magic-hour-event-timestamp'] ?? '';
		for (const said of [text, log()]) {
			expect(said).not.toContain(secret);
			expect(said).not.toContain(expectedSignature(body, timestamp));
		}
	});

	it('is refused where the credential has no webhook secret, as older ones', async () => {
		n8n.credential = { apiKey: sandbox().apiKey, baseUrl: sandbox().url };
		const { status, text } = await send(valid, signatureHeaders(valid, ''));
		expect([status, text]).toEqual([401, expect.stringContaining('no webhook secret')]);
		n8n.credential = undefined;
		expect((await send(valid, signatureHeaders(valid, secret))).status).toBe(401);
		expect(await n8n.ended()).toEqual([]);
	});

	it.each([false, true])(
		'is not judged while n8n cannot read the credential, unsigned events allowed: %s',
		async (allowUnsignedEvents) => {
			n8n.parameters = { options: { allowUnsignedEvents } };
			n8n.credentialError = new Error(`SQLITE_BUSY: no connection for ${secret}`);
			for (const key of [secret, 'other secret']) {
				const { status, text } = await send(valid, signatureHeaders(valid, key));
				expect([status, text]).toEqual([503, expect.stringContaining("can't read the credential")]);
				expect(text).not.toContain(secret);
			}
			expect(await n8n.ended()).toEqual([]);

			n8n.credentialError = undefined;
			expect((await send(valid, signatureHeaders(valid, secret))).status).toBe(200);
			expect(await n8n.ended()).toHaveLength(1);
		},
	);

	it('needs no credential to be read where it may be unsigned, and is', async () => {
		n8n.parameters = { options: { allowUnsignedEvents: true } };
		n8n.credentialError = new Error('There is no such credential');
		expect((await send(valid, {})).status).toBe(200);
		expect(await n8n.ended()).toHaveLength(1);
	});

	it('is refused by n8n itself where JSON is announced and does not come', async () => {
		const headers = { ...signatureHeaders('{', secret), 'content-type': 'application/json' };
		expect((await send('{', headers)).status).toBe(422);
		expect(await n8n.ended()).toEqual([]);
	});

	it('starts nothing when it comes in the middle of what is real', async () => {
		const signature = ['other secret', 'other body', 'absent', 'other timestamp'] as const;
		sandbox().webhooks.addFaults(
			...signature.map((wrong) => ({ id: wrong, fault: { signature: wrong } })),
		);
		for (const id of [...signature, 'real']) sandbox().projects.create({ id, isFinished: true });
		await settle();
		expect(await startedEvents()).toEqual(['image.started', 'image.completed']);
		expect(byProject(await started(), 'real')).toHaveLength(2);
	});
});

describe('the tolerance', () => {
	it.each([
		['the usual one', {}, 290, 200],
		['the usual one', {}, -290, 200],
		['a wider one', { tolerance: 1000 }, -900, 200],
		['a wider one', { tolerance: 1000 }, 900, 200],
		['a narrower one', { tolerance: 30 }, -60, 401],
		['a narrower one', { tolerance: 30 }, 60, 401],
		['one that is no number', { tolerance: 'wide' }, -310, 401],
		['one that is no number', { tolerance: 'wide' }, -290, 200],
		['one out of bounds', { tolerance: -5 }, -10, 401],
		['an empty one', { tolerance: null }, -290, 200],
		['one that was emptied', { tolerance: '' }, -290, 200],
		['one of spaces', { tolerance: ' ' }, -290, 200],
		['one that is not even a text', { tolerance: [] }, -290, 200],
		['one in a text', { tolerance: '30' }, -60, 401],
		['the result of a failed calculation', { tolerance: '={{ 0 / 0 }}' }, -290, 200],
	] as Array<[string, INodeParameters, number, number]>)(
		'%s: %p, with a time %i seconds off',
		async (_title, options, timestampOffset, status) => {
			n8n.parameters = { options };
			const body = eventBody();
			expect((await send(body, signed(body, { timestampOffset }))).status).toBe(status);
			expect(await n8n.ended()).toHaveLength(status === 200 ? 1 : 0);
		},
	);
});

describe('the signature', () => {
	const isOneSecret = (words: string): boolean => !/[\s,]/.test(words);
	const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((part) => Buffer.from(part));
	const text = fc.string({ minLength: 8, maxLength: 40, unit: 'grapheme-ascii' });
	const change = fc.record({ at: fc.nat(), by: fc.integer({ min: 1, max: 255 }) });

	it('vouches for a body, whatever bytes and secret it is made of', async () => {
		const words = fc.string({ maxLength: 100, unit: 'binary' });
		await fc.assert(
			fc.asyncProperty(words, text, async (name, otherSecret) => {
				fc.pre(isOneSecret(otherSecret));
				n8n.credential = { webhookSecret: otherSecret };
				const body = eventBody({ payload: { id: `id ${Math.random()}`, name } });
				expect((await send(body, signatureHeaders(body, otherSecret))).status).toBe(200);
			}),
			{ numRuns: 50 },
		);
	});

	it.each(['body', 'timestamp', 'secret', 'signature'] as const)(
		'does not vouch when any byte of the %s is another',
		async (part) => {
			await fc.assert(
				fc.asyncProperty(bytes, text, change, async (extra, otherSecret, { at, by }) => {
					fc.pre(isOneSecret(otherSecret));
					const body = Buffer.concat([Buffer.from('{'), extra]);
					const headers = signatureHeaders(body, otherSecret);
					const parts = {
						body,
						timestamp: Buffer.from(required(headers['magic-hour-event-timestamp'], 'timestamp')),
						secret: Buffer.from(otherSecret),
						signature: Buffer.from(required(headers['magic-hour-event-signature'], 'signature')),
					};
					n8n.credential = { webhookSecret: parts.secret.toString() };
					// Not JSON, but its signature is good: that is told apart by the status.
					expect(await statusOf(parts)).toBe(400);

					const changed = Buffer.from(parts[part]);
					const index = at % changed.length;
					changed[index] = changeOf(part, changed.readUInt8(index), by);
					const forged = { ...parts, [part]: changed };
					n8n.credential = { webhookSecret: forged.secret.toString('latin1') };
					expect(await statusOf(forged)).toBe(401);
				}),
				{ numRuns: 150 },
			);
			expect(await n8n.ended()).toEqual([]);
		},
	);

	/** Headers and credentials are text: a changed byte of theirs stays one that text can have. */
	function changeOf(part: string, byte: number, by: number): number {
		if (part === 'body') return (byte + by) % 256;
		if (part === 'timestamp') return 48 + ((byte - 48 + 1 + (by % 9)) % 10);
		const letters = part === 'signature' ? '0123456789abcdef' : '!#$%&ABCDEFxyz0123456789';
		const others = [...letters].filter((letter) => letter.charCodeAt(0) !== byte);
		return required(others[by % others.length], 'letter').charCodeAt(0);
	}

	async function statusOf(parts: Record<'body' | 'timestamp' | 'signature', Buffer>) {
		const { status } = await send(parts.body, {
			'content-type': 'application/octet-stream',
			'magic-hour-event-timestamp': parts.timestamp.toString(),
			'magic-hour-event-signature': parts.signature.toString(),
		});
		return status;
	}
});

describe('Allow Unsigned Events', () => {
	beforeEach(() => {
		n8n.parameters = { options: { allowUnsignedEvents: true } };
	});

	it('takes an event that is not signed, also without a secret or a credential', async () => {
		expect((await send(eventBody(), {})).status).toBe(200);
		n8n.credential = { apiKey: sandbox().apiKey };
		expect((await send(eventBody(), {})).status).toBe(200);
		n8n.credential = undefined;
		expect((await send(eventBody(), {})).status).toBe(200);
		expect(await n8n.ended()).toHaveLength(3);
	});

	it('still refuses one whose signature is wrong, or that is no event', async () => {
		const body = eventBody();
		expect((await send(body, signed(body, { signature: 'other secret' }))).status).toBe(401);
		expect((await send('{}', {})).status).toBe(400);
		expect(await n8n.ended()).toEqual([]);
	});

	it('fetches no files on behalf of somebody unknown', async () => {
		n8n.parameters = { options: { allowUnsignedEvents: true, includeDownloads: true } };
		const id = sandbox().projects.create();
		const url = `${sandbox().url}/downloads/image/${id}/0-0.png`;
		await send(eventBody({ payload: { id, downloads: [{ url }] } }), {});
		const [item] = await started();
		expect(item?.downloadError).toContain('unsigned');
		expect(sandbox().requests).toEqual([]);
	});
});

describe('Ignore Repeated Events', () => {
	it('starts the workflow once, however often an event comes', async () => {
		sandbox().webhooks.addFaults({ fault: { repeats: 3 } });
		sandbox().projects.create({ isFinished: true });
		await settle();
		expect(sandbox().webhooks.deliveries.map(({ status }) => status)).toEqual(Array(8).fill(200));
		expect(await startedEvents()).toEqual(['image.started', 'image.completed']);
	});

	it('starts the workflow once when copies come together', async () => {
		sandbox().webhooks.addFaults({ fault: { together: 6 } });
		for (let count = 0; count < 5; count++) sandbox().projects.create({ isFinished: true });
		await settle();
		expect(sandbox().webhooks.deliveries).toHaveLength(60);
		expect(await startedEvents()).toHaveLength(10);
	});

	it('starts the workflow once after a restart of n8n, too', async () => {
		const ids = Array.from({ length: 30 }, () => sandbox().projects.create({ isFinished: true }));
		await settle();
		expect(await startedEvents()).toHaveLength(60);

		n8n.nodeType = await nodeTypeOfAnotherProcess();
		for (const id of ids) await sendSigned(eventBody({ payload: { id } }));
		expect(await startedEvents()).toHaveLength(60);
		await sendSigned(eventBody({ payload: { id: 'another' } }));
		expect(await startedEvents()).toHaveLength(61);
	});

	it('is stored for every event, in whatever order the database stores', async () => {
		const bodies = Array.from({ length: 40 }, () => eventBody());
		await Promise.all(
			bodies.map(async (body, index) => {
				await sleep(3 * index);
				await sendSigned(body);
			}),
		);
		n8n.nodeType = await nodeTypeOfAnotherProcess();
		for (const body of bodies) await sendSigned(body);
		expect(await n8n.ended()).toHaveLength(bodies.length);
	});

	it('starts the workflow with a copy that came while n8n failed with the event', async () => {
		n8n.failuresToStart = 1;
		const body = eventBody();
		const answers = await Promise.all([sendSigned(body), sendSigned(body)]);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 500]);
		expect(await n8n.ended()).toHaveLength(1);
		expect((await sendSigned(body)).status).toBe(200);
		expect(await n8n.ended()).toHaveLength(1);
	});

	it('is of one workflow, and of one event type', async () => {
		const body = eventBody({ payload: { id: 'same' } });
		await sendSigned(body);
		await sendSigned(eventBody({ type: 'image.errored', payload: { id: 'same' } }));
		await sendSigned(eventBody({ type: 'video.completed', payload: { id: 'same' } }));
		n8n.workflowId = 'another-workflow';
		n8n.staticData = '{}';
		await sendSigned(body);
		expect(await n8n.ended()).toHaveLength(4);
	});

	it('does not count what was refused or not selected', async () => {
		n8n.parameters = { events: ['image.started'] };
		const body = eventBody();
		await send(body, signed(body, { signature: 'other secret' }));
		await sendSigned(body);
		expect(await n8n.ended()).toEqual([]);
		n8n.parameters = {};
		await sendSigned(body);
		expect(await n8n.ended()).toHaveLength(1);
	});

	it('takes an event again that n8n could not start the workflow with', async () => {
		n8n.failuresToStart = 1;
		sandbox().projects.create({ id: 'unlucky' });
		await advance(1_000);
		expect(sandbox().webhooks.deliveries).toMatchObject([{ status: 500 }]);
		await advance(2_000);
		expect(byProject(await started(), 'unlucky')).toEqual(['image.started']);
	});

	it('takes it again also where another event has stored meanwhile that it was taken', async () => {
		n8n.failuresToStart = 1;
		const body = eventBody({ payload: { id: 'project-0' } });
		expect((await sendSigned(body)).status).toBe(500);
		storeTakenEvents(1, Math.floor(Date.now() / 1000));
		await sendSigned(eventBody());
		await sendSigned(body);
		await sendSigned(body);
		expect(await n8n.ended()).toHaveLength(2);
	});

	it('can be switched off', async () => {
		n8n.parameters = { options: { ignoreRepeatedEvents: false } };
		const body = eventBody();
		await sendSigned(body);
		await sendSigned(body);
		expect(await n8n.ended()).toHaveLength(2);
	});

	it('keeps what it knows small and young', async () => {
		const now = Date.now();
		storeTakenEvents(2_000, Math.floor(now / 1000));
		for (let count = 2_000; count < 2_100; count++) {
			await sendSigned(eventBody({ payload: { id: `project-${count}` } }));
		}
		expect(claimedEvents()).toHaveLength(2_000);
		expect(claimedEvents()).not.toContain('image.completed project-99');
		expect(claimedEvents()).toContain('image.completed project-100');
		expect(claimedEvents()).toContain('image.completed project-2099');
		expect(n8n.staticData.length).toBeLessThan(150_000);

		jest.spyOn(Date, 'now').mockImplementation(() => now + day + 2 * 60 * 60 * 1000);
		await sendSigned(eventBody({ payload: { id: 'project-2099' } }));
		expect(claimedEvents()).toEqual(['image.completed project-2099']);
		expect(await n8n.ended()).toHaveLength(101);
	});

	it('remembers for as long as Magic Hour repeats', async () => {
		await sendSigned(eventBody({ payload: { id: 'patient' } }));
		const now = Date.now();
		jest.spyOn(Date, 'now').mockImplementation(() => now + day);
		await sendSigned(eventBody({ payload: { id: 'patient' } }));
		expect(await n8n.ended()).toHaveLength(1);
	});

	it('has nothing to do with trying the workflow out', async () => {
		n8n.mode = 'manual';
		const body = eventBody();
		await sendSigned(body);
		await sendSigned(body);
		expect(await n8n.ended()).toHaveLength(2);
		expect(n8n.staticData).toBe('{}');
		n8n.mode = 'webhook';
		await sendSigned(body);
		n8n.mode = 'manual';
		await sendSigned(body);
		expect(await n8n.ended()).toHaveLength(4);
	});
});

describe('a sender that gives up before n8n has answered', () => {
	let database: Deferred;
	beforeEach(() => {
		database = new Deferred();
		n8n.ready = database.promise;
	});

	it('sends the event again where n8n then failed, and starts the workflow', async () => {
		n8n.failuresToStart = 1;
		const body = eventBody();
		await giveUpOn(body);
		const repeat = sendSigned(body);
		database.resolve();
		expect((await repeat).status).toBe(200);
		expect(await n8n.ended()).toHaveLength(1);
		expect((await sendSigned(body)).status).toBe(200);
		expect(await n8n.ended()).toHaveLength(1);
	});

	it('starts the workflow once where n8n went on and started it, after a restart, too', async () => {
		const body = eventBody();
		await giveUpOn(body);
		const repeat = sendSigned(body);
		database.resolve();
		expect((await repeat).text).toContain('already received');
		expect(await n8n.ended()).toHaveLength(1);
		n8n.nodeType = await nodeTypeOfAnotherProcess();
		expect((await sendSigned(body)).text).toContain('already received');
		expect(await n8n.ended()).toHaveLength(1);
	});

	it('starts the workflow once where it has given up on several copies', async () => {
		n8n.failuresToStart = 1;
		const body = eventBody();
		await giveUpOn(body);
		const copies = [sendSigned(body), sendSigned(body), sendSigned(body)];
		database.resolve();
		expect((await Promise.all(copies)).map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(await n8n.ended()).toHaveLength(1);
	});
});

describe('a copy of an event that n8n does not answer', () => {
	useVirtualTime();

	it('is answered in time that n8n does not know yet', async () => {
		const database = new Deferred();
		n8n.ready = database.promise;
		const body = eventBody();
		// The virtual time stands still for requests of Node.js's own client, but not for these.
		const post = async () => {
			const headers = { 'content-type': 'application/json', ...signed(body) };
			return (await fetch(n8n.url, { method: 'POST', headers, body })).status;
		};
		const first = post();
		while (n8n.waiting === 0) await nextTurn();
		expect(await post()).toBe(503);
		database.resolve();
		expect(await first).toBe(200);
		expect(await post()).toBe(200);
		expect(await n8n.ended()).toHaveLength(1);
	});
});

describe('an execution that waited for its turn when n8n ended', () => {
	/** What the execution begins with, as n8n has it in its database. */
	const project = { id: 'waiting' };
	const event = { event: 'image.completed', project, receivedAt: new Date().toISOString() };
	const waiting = { workflowData: [[{ json: event }]] };
	const body = eventBody({ payload: project });

	it('is begun once though its event, which nobody had answered, comes again', async () => {
		n8n.start(waiting);
		await sendSigned(body);
		expect(beginnings(await n8n.ended())).toEqual([1, 0]);
	});

	it('is begun once where the event is faster', async () => {
		await sendSigned(body);
		n8n.start(waiting);
		expect(beginnings(await n8n.ended())).toEqual([1, 0]);
	});

	it('is begun again where the user does it, or wants repeated events', async () => {
		n8n.start(waiting);
		n8n.mode = 'retry';
		n8n.start(waiting);
		n8n.mode = 'manual';
		n8n.start(waiting);
		n8n.mode = 'webhook';
		n8n.parameters = { options: { ignoreRepeatedEvents: false } };
		n8n.start(waiting);
		expect(beginnings(await n8n.ended())).toEqual([1, 1, 1, 1]);
	});

	/** @returns with how many items the node after the trigger has begun, for each execution */
	function beginnings(runs: IRun[]): number[] {
		return runs.map(({ status, data }) => {
			expect(status).toBe('success');
			return data.resultData.runData.Next?.[0]?.data?.main?.[0]?.length ?? 0;
		});
	}
});

describe('Download Files', () => {
	useVirtualTime();
	beforeEach(() => {
		n8n.parameters = { options: { includeDownloads: true } };
	});

	it('gives the files of a finished project, and nobody the API key', async () => {
		const id = sandbox().projects.create({ kind: 'video', files: 3, isFinished: true });
		await settle();

		const [start, end] = await n8n.ended();
		expect(itemOf(start).binary).toBeUndefined();
		expect(Object.keys(itemOf(end).binary ?? {})).toEqual(['data', 'data_1', 'data_2']);
		expect(itemOf(end).json).not.toHaveProperty('downloadError');
		for (const [index, file] of Object.values(itemOf(end).binary ?? {}).entries()) {
			const fileName = [`${id}.mp4`, `${id}-2.mp4`, `${id}-3.mp4`][index];
			expect(file).toMatchObject({ mimeType: 'video/mp4', fileName });
			const content = await sandbox().storage.fileOf('video', id, index);
			expect(Buffer.from(file.data, 'base64')).toEqual(content);
		}
		expect(sandbox().requests).toHaveLength(3);
		for (const { headers } of sandbox().requests) expect(headers.authorization).toBeUndefined();
	});

	it('lets Magic Hour have its answer before', async () => {
		const answer = new Deferred();
		sandbox().addFaults({ path: '/downloads/', fault: { until: answer.promise } });
		const body = eventBody({
			payload: { id: 'a', downloads: linksTo(sandbox().projects.create({ id: 'a' })) },
		});
		const { status } = await sendSigned(body);
		expect(status).toBe(200);
		expect(sandbox().requests.filter(({ status }) => status !== undefined)).toEqual([]);
		answer.resolve();
		const [run] = await n8n.ended();
		expect(Object.keys(itemOf(run).binary ?? {})).toEqual(['data']);
	});

	it('tries again when the storage is busy for a moment', async () => {
		sandbox().addFaults({ path: '/downloads/', times: 2, fault: { answer: { status: 503 } } });
		sandbox().projects.create({ isFinished: true });
		await settle();
		expect(itemOf((await n8n.ended())[1]).binary).toHaveProperty('data');
	});

	it.each([
		[
			'answers 403',
			{ answer: { status: 403 } },
			"Magic Hour's file storage responded with status 403",
		],
		[
			'answers a web page',
			{ answer: { status: 200, body: '<html>' } },
			"Magic Hour's file storage",
		],
		['answers 500 for ever', { answer: { status: 500 } }, 'responded with status 500'],
		['closes the connection', { reset: true }, 'was closed before a response arrived'],
	])('loses no event when the storage %s', async (_title, fault, words) => {
		sandbox().addFaults({ path: '/downloads/image/a/1', fault });
		sandbox().projects.create({ id: 'a', files: 2, isFinished: true });
		await settle();
		const run = (await n8n.ended())[1];
		expect(run?.status).toBe('success');
		expect(Object.keys(itemOf(run).binary ?? {})).toEqual(['data']);
		expect(itemOf(run).json).toMatchObject({
			event: 'image.completed',
			project: { id: 'a' },
			downloadError: expect.stringContaining(words),
		});
		expect(itemOf(run).json.downloadError).toContain('file 2 of 2');
		expect(itemOf(run).json.downloadError).toContain('the Download operation');
	});

	it('bounds the downloads of all items of an execution together', async () => {
		sandbox().webhooks.register('');
		sandbox().addFaults({ path: '/downloads/', fault: { delay: 300 } });
		const items = ['a', 'b', 'c', 'd'].map((id) => {
			sandbox().projects.create({ id, files: 3, fileSize: 64, isFinished: true });
			const project = { id, downloads: linksTo(id) };
			return { json: { event: 'image.completed', project } };
		});
		const name = 'Magic Hour Trigger';
		const run = await runWorkflow(
			{
				nodes: [
					{
						id: 'trigger-of-a-test',
						name,
						type: 'n8n-nodes-magic-hour.magicHourTrigger',
						typeVersion: 1,
						position: [0, 0],
						parameters: { options: { includeDownloads: true } },
						credentials: { magicHourApi: { id: 'credential-of-a-test', name: 'Magic Hour' } },
					},
				],
				connections: {},
			},
			{
				credential: { apiKey: sandbox().apiKey, baseUrl: sandbox().url },
				startNode: name,
				input: items,
				mode: 'trigger',
			},
		);

		const outputs = run?.data.resultData.runData[name]?.[0]?.data?.main?.[0] ?? [];
		expect(outputs.map(({ binary }) => Object.keys(binary ?? {}).length)).toEqual([3, 3, 3, 3]);
		expect(sandbox().highestInFlight).toBeGreaterThan(3);
		expect(sandbox().highestInFlight).toBeLessThanOrEqual(5);
	});

	it.each([
		['is not a web address', 'http://%zz', {}, 'The URL of the file is not valid'],
		['is not https', 'http://127.0.0.1:1/a.png', { baseUrl: '' }, 'without https'],
	])('loses no event when a link %s', async (_title, url, credential, words) => {
		Object.assign(required(n8n.credential, 'credential'), credential);
		const downloads = [{ url }];
		await sendSigned(eventBody({ payload: { id: 'a', downloads } }));

		const [run] = await n8n.ended();
		expect(run?.status).toBe('success');
		expect(itemOf(run).json.downloadError).toContain(words);
		expect(itemOf(run).json.downloadError).toContain('so file 1 of 1 was not downloaded');
		expect(sandbox().requests).toEqual([]);
	});

	it('gives no file that is larger than allowed', async () => {
		n8n.parameters = { options: { includeDownloads: true, maxFileSize: 0.000_063 } };
		sandbox().projects.create({ isFinished: true });
		await settle();

		const run = (await n8n.ended())[1];
		expect(itemOf(run).json.downloadError).toContain("larger than 'Max File Size (MB)' allows");
		expect(itemOf(run).binary).toEqual({});
	});

	it('says that a limit is no number', async () => {
		n8n.parameters = { options: { includeDownloads: true, maxFileSize: 'much' } };
		sandbox().projects.create({ isFinished: true });
		await settle();

		const run = (await n8n.ended())[1];
		expect(itemOf(run).json.downloadError).toContain("'Max File Size (MB)' is not a number");
	});

	it.each(['true', ' TRUE '])('may be given as text: %j', async (includeDownloads) => {
		n8n.parameters = { options: { includeDownloads } };
		sandbox().projects.create({ isFinished: true });
		await settle();
		expect(itemOf((await n8n.ended())[1]).binary).toHaveProperty('data');
	});

	it('says that it is neither on nor off', async () => {
		n8n.parameters = { options: { includeDownloads: 'yes' } };
		sandbox().projects.create({ isFinished: true });
		await settle();

		const [start, end] = await n8n.ended();
		expect(itemOf(start).json).not.toHaveProperty('downloadError');
		expect(itemOf(end).json.downloadError).toMatch(
			/'Download Files' must be true or false\. .*the Download operation/,
		);
		expect(sandbox().requests).toEqual([]);
	});

	it('says that there are no files', async () => {
		await sendSigned(eventBody({ payload: { id: 'b' } }));
		for (const item of await started()) expect(item?.downloadError).toContain('no files');
	});

	it('follows only web addresses, and leaves out none without a word', async () => {
		const downloads = [{ url: 'file:///etc/passwd' }, { url: 7 }, null];
		await sendSigned(eventBody({ payload: { id: 'a', downloads } }));

		const [item] = await started();
		for (const file of [1, 2, 3]) {
			expect(item?.downloadError).toContain(
				`The URL of the file is not valid, so file ${file} of 3 was not downloaded`,
			);
		}
	});
});

/** @returns a valid event, but for what is given */
function eventBody(parts: object = {}): string {
	const payload = { id: `project-${Math.random()}`, status: 'complete', downloads: [] };
	return JSON.stringify({ type: 'image.completed', payload, ...parts });
}

function signed(body: string, fault = {}): Record<string, string> {
	return signatureHeaders(body, secret, fault);
}

function withHeader(
	body: string,
	name: 'signature' | 'timestamp',
	value: string | ((right: string) => string),
): Record<string, string> {
	const headers = signed(body);
	const right = required(headers[`magic-hour-event-${name}`], name);
	return {
		...headers,
		[`magic-hour-event-${name}`]: typeof value === 'string' ? value : value(right),
	};
}

function longer(right: string): string {
	return `${right}zz`;
}

function shorter(right: string): string {
	return right.slice(0, -2);
}

/** @returns what a receiver would expect for a secret and a time, as the sandbox signs */
function expectedSignature(body: string, timestamp: string): string {
	const offset = Number(timestamp) - Math.floor(Date.now() / 1000);
	const headers = signed(body, { timestampOffset: offset });
	return required(headers['magic-hour-event-signature'], 'signature');
}

async function send(body: string | Buffer, headers: Record<string, string>, signal?: AbortSignal) {
	const { status, data } = await axios.post<string>(n8n.url, body, {
		headers: { 'content-type': 'application/json', ...headers },
		responseType: 'text',
		transformRequest: (content: unknown) => content,
		transformResponse: (content: unknown) => content,
		proxy: false,
		validateStatus: null,
		maxRedirects: 0,
		signal,
	});
	return { status, text: data };
}

async function sendSigned(body: string) {
	return await send(body, signatureHeaders(body, secret));
}

/** Sends an event, and closes the connection while n8n waits before it creates the execution. */
async function giveUpOn(body: string): Promise<void> {
	const { hangUps } = n8n;
	const sender = new AbortController();
	const answer = send(body, signed(body), sender.signal).catch(() => undefined);
	while (n8n.waiting === 0) await nextTurn();
	sender.abort();
	await answer;
	while (n8n.hangUps === hangUps) await nextTurn();
}

async function settle(): Promise<void> {
	await sandbox().webhooks.settled();
}

async function advance(milliseconds: number): Promise<void> {
	sandbox().projects.advanceClock(milliseconds);
	await settle();
}

function itemOf(run: IRun | undefined) {
	const item = run?.data.resultData.runData.Next?.[0]?.data?.main?.[0]?.[0];
	if (item === undefined) throw new Error('The node after the trigger got no item');
	return item;
}

/** @returns the items that the workflow was started with, as the next node got them */
async function started(): Promise<IDataObject[]> {
	return (await n8n.ended()).map((run) => itemOf(run).json);
}

async function startedEvents(): Promise<unknown[]> {
	return (await started()).map(({ event }) => event);
}

function byProject(items: IDataObject[], id: string): unknown[] {
	return items
		.filter(({ project }) => (project as IDataObject).id === id)
		.map(({ event }) => event);
}

interface StaticData {
	'node:Magic Hour Trigger': { claimedEvents: Record<string, number> };
}

function claimedEvents(): string[] {
	const { 'node:Magic Hour Trigger': stored } = JSON.parse(n8n.staticData) as StaticData;
	return Object.keys(stored.claimedEvents);
}

/** Leaves the database as after so many events. */
function storeTakenEvents(count: number, at: number): void {
	const events = Array.from({ length: count }, (_, index) => [
		`image.completed project-${index}`,
		at,
	]);
	const data: StaticData = {
		'node:Magic Hour Trigger': {
			claimedEvents: Object.fromEntries(events) as Record<string, number>,
		},
	};
	n8n.staticData = JSON.stringify(data);
}

function linksTo(id: string) {
	const project = sandbox().projects.get('image', id);
	if (project === undefined) throw new Error('There is no such project');
	return sandbox().storage.linksTo(project, sandbox().url);
}

/** @returns the node as a process has it that knows nothing of this one */
async function nodeTypeOfAnotherProcess(): Promise<MagicHourTrigger> {
	let nodeType = new MagicHourTrigger();
	await jest.isolateModulesAsync(async () => {
		const loaded = await import('../../nodes/MagicHour/MagicHourTrigger.node.js');
		nodeType = new loaded.MagicHourTrigger();
	});
	return nodeType;
}

/** @returns a function that gives everything that was logged or printed since */
function captureLog(): () => string {
	const lines: string[] = [];
	const record = (...words: unknown[]) => void lines.push(JSON.stringify(words));
	LoggerProxy.init({ error: record, warn: record, info: record, debug: record });
	for (const stream of [process.stdout, process.stderr]) {
		jest.spyOn(stream, 'write').mockImplementation((text) => {
			lines.push(String(text));
			return true;
		});
	}
	return () => lines.join('\n');
}
