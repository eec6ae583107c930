import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { documentOfNode } from '../api/documentOfNode';
import { excessAssumption, freeAssumptions } from '../live/freeAssumptions';
import { runLive } from '../live/live';
import { paidAssumptions } from '../live/paidAssumptions';
import { npm } from '../n8n/processes';
import type { FaultRule } from '../sandbox/faults';
import { echoes, piecesOf } from './echoes';
import { requestLines } from './magicHour';
import { useVirtualTime } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();

const root = join(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'live-'));
const document = join(folder, 'openapi.json');
const spending = ['--spend', '--yes'];

beforeAll(() => writeFileSync(document, JSON.stringify(documentOfNode())));
afterEach(() => jest.restoreAllMocks());
afterAll(() => rmSync(folder, { recursive: true }));

interface Answers {
	/** What somebody types; absent where nobody is there. */
	typed?: string;
	isTTY?: boolean;
	env?: NodeJS.ProcessEnv;
}

/** @returns what the command prints, and with what it ends */
async function live(
	parameters: string[] = [],
	{ typed = '', isTTY = false, env = account() }: Answers = {},
): Promise<{ code: number; output: string }> {
	const input = Object.assign(new PassThrough(), { isTTY });
	input.end(typed);
	const output = new PassThrough();
	const code = await runLive({
		parameters: ['--document', document, ...parameters],
		env,
		terminal: { input, output },
	});
	output.end();
	return { code, output: Buffer.concat(await output.toArray()).toString() };
}

function account(): NodeJS.ProcessEnv {
	return { MAGIC_HOUR_API_KEY: sandbox().apiKey, MAGIC_HOUR_BASE_URL: sandbox().url };
}

/** @returns the rows of the table that differ: what they are about, and the file below */
function differences(output: string): string[] {
	return [...output.matchAll(/^- (nodes\/.*)\n {2}(.*?): expected /gm)].map(
		([, file, what]) => `${what}: ${file}`,
	);
}

function posts(): string[] {
	return requestLines(sandbox()).filter((line) => line.startsWith('POST /v1/ai-'));
}

describe('npm run live', () => {
	it('compares what can be seen for nothing, and spends nothing', async () => {
		const { code, output } = await live();

		expect(output).toMatch(/^Check +Expected +Found +Same$/m);
		expect(output).toMatch(/^Account +200 with id, .* +200 with id, email, tier, .* +yes$/m);
		expect(output).toMatch(/^Account with a wrong key +401 .* +401 unauthorized "U.*" +yes$/m);
		for (const noun of ['an image project', 'a video project', 'an audio project']) {
			for (const method of ['GET', 'DELETE']) {
				expect(output).toMatch(
					new RegExp(
						`^${method} of ${noun} that doesn't exist .* 404 not_found "Not F.*" +yes$`,
						'm',
					),
				);
			}
		}
		expect(output).toMatch(/^GET of a face detection that doesn't exist .* +yes$/m);
		expect(output).toMatch(/^Upload URL for an image .* +yes$/m);
		expect(output).toMatch(/^Upload of an image +a 2xx +200 +yes$/m);
		expect(output).toMatch(/^OpenAPI document .* the node is up to date\. +yes$/m);
		expect(output).toMatch(/^Too many requests \(429\) .* got no 429 +yes$/m);
		expect(output).toContain(
			`\n\nAll ${freeAssumptions.length + 1} checks found what this package expects.\n`,
		);
		expect(code).toBe(0);

		expect(sandbox().storage.uploads.size).toBe(1);
		expect(sandbox().credits).toBe(10_000);
		expect(posts()).toEqual([]);
	});

	it('shows no value of the account, and never the API key', async () => {
		const { output } = await live(spending);

		expect(output).not.toContain('sandbox@example.com');
		expect(output).not.toContain('account-of-the-sandbox');
		expect(output).not.toContain(sandbox().apiKey);
		expect(output).not.toContain('signature=');
	});

	it.each(Object.entries(echoes))('shows no API key that is echoed %s', async (_, form) => {
		const echo = form(sandbox().apiKey);
		const body = { code: echo, message: `${'x'.repeat(70)}${echo}`, [echo]: echo };
		sandbox().addFaults({
			fault: { answer: { status: 400, body, headers: { 'x-ratelimit': echo } } },
		});
		sandbox().addFaults({ path: '/', fault: { answer: { status: 400, body: echo } } });
		const { code, output } = await live(spending);

		expect(code).toBe(1);
		expect(output).toContain('[API key]');
		expect(piecesOf(echo).filter((piece) => output.includes(piece))).toEqual([]);
	});

	it('generates, waits, downloads and deletes with --spend, and tells the credits', async () => {
		const { code, output } = await live(spending);

		expect(output).toMatch(/^Generate an image .* an ID and a charge of 5 credits +yes$/m);
		expect(output).toMatch(/^Get it and wait .* complete, enabled, 1 file +yes$/m);
		expect(output).toMatch(/^Download it +an image file +image\/png of \d{4,} bytes +yes$/m);
		expect(output).toMatch(/^Delete it +deleted +deleted +yes$/m);
		expect(output).toMatch(/^DELETE it again .* 404 not_found "Not Found" +yes$/m);
		expect(output).toMatch(/^GET the deleted project .* 404 not_found "Not Found" +yes$/m);
		expect(output).toContain('\nCredits before: 10000. After: 9995. Charged: 5.\n');
		expect(output).not.toContain('was not deleted');
		expect(code).toBe(0);
		expect(sandbox().projects.ids()).toEqual([]);
		const [creation] = sandbox().requests.filter(({ url }) => url === '/v1/ai-image-generator');
		expect(creation?.body).toMatchObject({ image_count: 1, model: 'flux-schnell' });
	});

	it('takes a deleted project that Magic Hour still describes for one that is gone', async () => {
		jest.spyOn(sandbox().projects, 'delete').mockImplementation((id, kind = 'image') => {
			const project = sandbox().projects.get(kind, id);
			const isThere = project?.enabled === true;
			if (project !== undefined) project.enabled = false;
			return isThere;
		});
		const { code, output } = await live(spending);

		expect(output).toMatch(/^GET the deleted project .* 200 with enabled: false, .* +yes$/m);
		expect(output).not.toContain('was not deleted');
		expect(code).toBe(0);
	});
});

describe('before it spends', () => {
	it.each<[string, Answers, boolean]>([
		['is answered yes', { typed: 'yes\n', isTTY: true }, true],
		['is answered Yes', { typed: ' Yes \n', isTTY: true }, true],
		['is answered no', { typed: 'no\n', isTTY: true }, false],
		['is not answered', { typed: '\n', isTTY: true }, false],
		['meets the end of the input', { typed: '', isTTY: true }, false],
		['has no terminal', { typed: 'yes\n' }, false],
	])('it asks, and %s', async (_, answers, spends) => {
		const { code, output } = await live(['--spend'], answers);

		expect(output.includes('Nothing was generated.')).toBe(!spends);
		if (answers.isTTY === true) expect(output).toContain('which costs about 5 credits');
		expect(posts()).toHaveLength(spends ? 1 : 0);
		expect(code).toBe(0);
	});

	it('it does not ask with --yes', async () => {
		const { output } = await live(spending);

		expect(output).not.toContain('Type "yes"');
		expect(posts()).toHaveLength(1);
	});
});

const account401 = { endpoint: '/v1/account', hasWrongKey: true };
const projectsPath = '/v1/image-projects/';
const gateway = { status: 404, body: { message: 'no Route matched with those values' } };
const requestErrors = 'nodes/MagicHour/messages/requestErrors.ts';
const errorResponse = 'nodes/MagicHour/messages/errorResponse.ts';
const getAccount = 'nodes/MagicHour/resources/account/get.ts';
const uploads = 'nodes/MagicHour/api/uploads.ts';

/** An answer to requests of one method and endpoint. */
function answered(
	method: string,
	endpoint: string,
	answer: NonNullable<FaultRule['fault']['answer']>,
	rest: Partial<FaultRule> = {},
): FaultRule {
	return { method, endpoint, fault: { answer }, ...rest };
}

describe('where one thing is not as assumed, it ends with 1 and refers to the file', () => {
	const goodAccount = { id: 'a', email: null, tier: 'free', credits: 0, subscription: null };
	const upload = {
		upload_url: 'https://x.example',
		file_path: 'api-assets/a/b.png',
		expires_at: '',
	};

	it.each<[string, FaultRule, string[]]>([
		[
			'an account that lacks its credits',
			answered('GET', '/v1/account', { status: 200, body: { ...goodAccount, credits: undefined } }),
			[`Account: ${getAccount}`],
		],
		[
			'an account of another tier',
			answered('GET', '/v1/account', { status: 200, body: { ...goodAccount, tier: 'gold' } }),
			[`Account: ${getAccount}`],
		],
		[
			'an account that cannot be looked up',
			answered('GET', '/v1/account', { status: 500 }),
			[`Account: ${getAccount}`],
		],
		[
			'an account without an answer',
			{ method: 'GET', endpoint: '/v1/account', fault: { reset: true } },
			[`Account: ${getAccount}`],
		],
		[
			'another status for a wrong key',
			{ ...account401, fault: { answer: { status: 403, body: { code: 'unauthorized' } } } },
			[`Account with a wrong key: ${requestErrors}`],
		],
		[
			'another body for a wrong key',
			{ ...account401, fault: { answer: { status: 401, body: { error: 'Unauthorized' } } } },
			[`Account with a wrong key: ${requestErrors}`],
		],
		...(['image', 'video', 'audio'] as const).flatMap((kind) =>
			(['GET', 'DELETE'] as const).map((method): [string, FaultRule, string[]] => [
				`a 404 of something else for ${method} of ${kind} projects`,
				answered(method, `/v1/${kind}-projects/`, gateway),
				[
					`${method} of ${kind === 'video' ? 'a' : 'an'} ${kind} project that doesn't exist: ${errorResponse}`,
				],
			]),
		),
		[
			'a 400 for a face detection',
			answered('GET', '/v1/face-detection/', { status: 400, body: { message: 'No' } }),
			[`GET of a face detection that doesn't exist: ${errorResponse}`],
		],
		[
			'a deletion that succeeds of what does not exist',
			answered('DELETE', '/v1/audio-projects/', { status: 204 }),
			[`DELETE of an audio project that doesn't exist: ${errorResponse}`],
		],
		[
			'no upload URL',
			answered('POST', '/v1/files/upload-urls', { status: 422, body: { message: 'No' } }),
			[
				`Upload URL for an image: ${uploads}`,
				'Path of an uploaded image: nodes/MagicHour/input/fileList.ts',
				`Upload of an image: ${uploads}`,
			],
		],
		[
			'an upload that the storage rejects',
			{ path: '/uploads/', fault: { answer: { status: 403, body: '<Error/>' } } },
			[`Upload of an image: ${uploads}`],
		],
		[
			'a Retry-After that nobody understands',
			answered(
				'GET',
				'/v1/account',
				{ status: 429, headers: { 'retry-after': 'soon' }, body: { message: 'Slow' } },
				{ times: 1 },
			),
			['Too many requests (429): nodes/MagicHour/http/retryPolicy.ts'],
		],
	])('%s', async (_, rule, expected) => {
		sandbox().addFaults(rule);
		const { code, output } = await live();

		expect(differences(output)).toEqual(expected);
		expect(output.match(/ NO$/gm)).toHaveLength(expected.length);
		expect(code).toBe(1);
		expect(posts()).toEqual([]);
	});

	it.each([
		['another expiry', { expires_at: 'later' }, `Upload URL for an image: ${uploads}`],
		[
			'another path',
			{ file_path: 'video/id/1.png' },
			'Path of an uploaded image: nodes/MagicHour/input/fileList.ts',
		],
	])('an upload URL with %s', async (_, change, expected) => {
		const expires = new Date().toISOString();
		const item = { ...upload, upload_url: `${sandbox().url}/nowhere`, expires_at: expires };
		const body = { items: [{ ...item, ...change }] };
		sandbox().addFaults(answered('POST', '/v1/files/upload-urls', { status: 200, body }));
		const { code, output } = await live();

		expect(differences(output)).toContain(expected);
		expect(code).toBe(1);
	});

	it('a document that the node is out of date with, with what to do', async () => {
		const whole = documentOfNode();
		delete whole.paths['/v1/ai-gif-generator'];
		const other = join(folder, 'other.json');
		writeFileSync(other, JSON.stringify(whole));
		const { code, output } = await live(['--document', other]);

		expect(differences(output)).toEqual(['OpenAPI document: nodes/MagicHour/resources/']);
		expect(output).toMatch(/^OpenAPI document .*: 1 finding\. +NO$/m);
		expect(output).toContain('POST /v1/ai-gif-generator (Image Project → Generate GIF)');
		expect(code).toBe(1);
	});

	it('a document that cannot be read', async () => {
		const { code, output } = await live(['--document', join(folder, 'missing.json')]);

		expect(differences(output)).toEqual(['OpenAPI document: nodes/MagicHour/resources/']);
		expect(output).toContain('cannot be read: ENOENT');
		expect(code).toBe(1);
	});

	it('with --spend, a generation that cannot be paid for, and all that would follow', async () => {
		sandbox().credits = 0;
		const { code, output } = await live(spending);

		expect(differences(output)).toHaveLength(paidAssumptions.length);
		expect(differences(output)[0]).toBe('Generate an image: nodes/MagicHour/api/createOnce.ts');
		expect(output).toContain("The Magic Hour account doesn't have enough credits");
		expect(output).not.toContain('was not deleted');
		expect(code).toBe(1);
	});

	it('with --spend, a generation without an answer, and where to look for it', async () => {
		const fault = { reset: true, afterProcessing: true };
		sandbox().addFaults({ method: 'POST', endpoint: '/v1/ai-image-generator', fault });
		const { code, output } = await live(spending);

		expect(output).toContain('may or may not have been created');
		expect(output).toContain('https://magichour.ai/my-library');
		expect(posts()).toHaveLength(1);
		expect(code).toBe(1);
	});

	it('with --spend, a project that fails, and that it was refunded', async () => {
		sandbox().projects.outcome = 'error';
		const { code, output } = await live(spending);

		expect(differences(output)).toEqual([
			'Get it and wait: nodes/MagicHour/api/projects.ts',
			'Download it: nodes/MagicHour/api/downloads.ts',
		]);
		expect(output).toContain('error (no_source_face: Please use an image');
		expect(output).toContain('\nCredits before: 10000. After: 10000. Charged: 0.\n');
		expect(output).not.toContain('was not deleted');
		expect(code).toBe(1);
	});

	it('with --spend, a file that cannot be had; the project is deleted all the same', async () => {
		sandbox().addFaults({ path: '/downloads/', fault: { answer: { status: 404 } } });
		const { code, output } = await live(spending);

		expect(differences(output)).toEqual(['Download it: nodes/MagicHour/api/downloads.ts']);
		expect(sandbox().projects.ids()).toEqual([]);
		expect(output).not.toContain('was not deleted');
		expect(code).toBe(1);
	});

	it('with --spend, a deletion that fails, and tells the ID of what is left over', async () => {
		const fault = answered('DELETE', projectsPath, { status: 403, body: { message: 'No' } });
		sandbox().addFaults({ ...fault, skip: 1 });
		const { code, output } = await live(spending);

		const [id] = sandbox().projects.ids();
		expect(differences(output)).toEqual([
			'Delete it: nodes/MagicHour/resources/project/delete.ts',
			`DELETE it again: ${errorResponse}`,
			'GET the deleted project: nodes/MagicHour/api/projects.ts',
		]);
		expect(output).toContain(`\nThe image project ${id} was not deleted. Delete it with`);
		expect(code).toBe(1);
	});

	it('with --spend, a second deletion that succeeds', async () => {
		sandbox().addFaults(answered('DELETE', projectsPath, { status: 204 }, { skip: 2 }));
		const { code, output } = await live(spending);

		expect(differences(output)).toEqual([`DELETE it again: ${errorResponse}`]);
		expect(output).not.toContain('was not deleted');
		expect(code).toBe(1);
	});

	it('with --spend, a deleted project that is still there', async () => {
		// It says so of the three that do not exist, and then of one that it does not delete.
		const deletions = [false, false, false, true];
		jest.spyOn(sandbox().projects, 'delete').mockImplementation(() => deletions.shift() === true);
		sandbox().addFaults(
			answered(
				'DELETE',
				projectsPath,
				{ status: 404, body: { message: 'Not Found' } },
				{ skip: 2 },
			),
		);
		const { code, output } = await live(spending);

		const [id] = sandbox().projects.ids();
		expect(differences(output)).toEqual([
			'GET the deleted project: nodes/MagicHour/api/projects.ts',
		]);
		expect(output).toContain(`The image project ${id} was not deleted.`);
		expect(code).toBe(1);
	});
});

it.each<FaultRule['fault']>([{ drip: 'body' }, { drip: 'headers' }, { stall: 'body' }])(
	'ends where answers never do: %j',
	async (fault) => {
		const { timeout } = AbortSignal;
		jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout.call(AbortSignal, 200));
		sandbox().addFaults({ method: 'GET', fault }, { method: 'GET', hasWrongKey: true, fault });
		const { code, output } = await live();

		expect(output).toMatch(/^Account +200 with .* no response: timedOut +NO$/m);
		expect(output).toMatch(/^Account with a wrong key +401 .* no response: timedOut +NO$/m);
		expect(code).toBe(1);
	},
);

it('tells the headers of a 429, and goes on', async () => {
	const headers = { 'retry-after': '2', 'x-ratelimit-limit': '50' };
	sandbox().addFaults(
		answered('GET', '/v1/account', { status: 429, headers, body: { message: 'x' } }, { times: 1 }),
	);
	const { code, output } = await live();

	expect(output).toMatch(
		/^Too many requests \(429\) .* with retry-after: 2, x-ratelimit-limit: 50 +yes$/m,
	);
	expect(code).toBe(0);
});

describe('it ends with 2 and sends nothing', () => {
	it.each<[string, string[], NodeJS.ProcessEnv, string]>([
		['without an API key', [], {}, 'Set MAGIC_HOUR_API_KEY.'],
		['with an empty one', [], { MAGIC_HOUR_API_KEY: ' ' }, 'Set MAGIC_HOUR_API_KEY.'],
		['with an option that there is not', ['--buy'], {}, 'Usage: '],
		['with a parameter too many', ['now'], {}, 'Usage: '],
		[
			'with a Base URL that is none',
			[],
			{ MAGIC_HOUR_API_KEY: 'mhk_live_x', MAGIC_HOUR_BASE_URL: 'api.magichour.ai' },
			'MAGIC_HOUR_BASE_URL is not a URL.',
		],
	])('%s', async (_, parameters, env, words) => {
		const { code, output } = await live(parameters, { env });

		expect(code).toBe(2);
		expect(output).toContain(words);
		expect(requestLines(sandbox())).toEqual([]);
	});

	it('as a command', async () => {
		const env = { ...process.env, MAGIC_HOUR_API_KEY: '' };
		const outcome = await new Promise((resolve) => {
			execFile(npm, ['run', '--silent', 'live'], { cwd: root, env }, (error, stdout) =>
				resolve({ code: error?.code, stdout }),
			);
		});

		expect(outcome).toEqual({ code: 2, stdout: expect.stringContaining('Usage: ') });
	}, 90_000);
});

it('ends with 2 where the API key is not accepted', async () => {
	const { code, output } = await live([], {
		env: { ...account(), MAGIC_HOUR_API_KEY: 'mhk_live_another_key' },
	});

	expect(code).toBe(2);
	expect(output).toContain(
		'rejected the API key in MAGIC_HOUR_API_KEY: 401 unauthorized "Unauthorized"',
	);
	expect(requestLines(sandbox())).toEqual(['GET /v1/account']);
});

it('names files that there are', () => {
	for (const { file } of [...freeAssumptions, excessAssumption, ...paidAssumptions]) {
		expect({ file, exists: existsSync(join(root, file)) }).toEqual({ file, exists: true });
	}
});
