import { build } from 'esbuild';
import { join } from 'node:path';
import { name, version } from '../../package.json';
import type { Sandbox } from '../sandbox/sandbox';
import { sandboxWebhookSecret } from '../sandbox/webhooks';
import { everyOperation, givenId, runOperation } from './everyOperation';
import { FileServer } from './fileServer';
import { withDetectedFaces } from './generators/faces';
import { runMagicHour, toItems } from './magicHour';
import { testCredential } from './testCredential';
import { useVirtualTime } from './time';
import { useSandbox } from './useSandbox';
import { WebhookServer } from './webhookServer';

const sandbox = useSandbox();
const root = join(__dirname, '../..');
const sender = `n8n-nodes-magic-hour/${version}`;

/** @returns each request that arrived, with who says to have sent it */
function senders({ requests }: Sandbox): string[] {
	return requests.map(
		({ method, url, headers }) => `${method} ${url.split('?')[0]}: ${headers['user-agent']}`,
	);
}

/** @returns what `senders` gives for requests of this package */
function ours(...lines: string[]): string[] {
	return lines.map((line) => `${line}: ${sender}`);
}

describe('the sender of each request', () => {
	useVirtualTime();

	it.each(everyOperation())('is told by $title', async (call) => {
		for (const kind of ['image', 'video', 'audio'] as const) {
			sandbox().projects.create({ id: givenId, kind, isFinished: true });
		}
		if (call.path === '/v1/face-detection/{id}') {
			const body = { id: givenId, status: 'complete', faces: [] };
			sandbox().addFaults({ id: givenId, fault: { answer: { status: 200, body } } });
		}
		const files = withDetectedFaces(sandbox());
		const { error } = await runOperation(sandbox(), call, {}, files);

		expect(error).toBeUndefined();
		const seen = sandbox().requests.map(({ headers }) => headers['user-agent']);
		expect(seen.length).toBeGreaterThan(0);
		expect(new Set(seen)).toEqual(new Set([sender]));
	});

	it('is told to the storage, to which files go', async () => {
		const data = Buffer.from('a picture').toString('base64');
		const picture = { data, fileName: 'a.png', mimeType: 'image/png' };
		await runMagicHour(sandbox(), 'file', 'upload', [{ json: {}, binary: { data: picture } }], {
			parameters: { inputDataFieldName: 'data' },
		});

		const [path] = sandbox().storage.uploads.keys();
		expect(senders(sandbox())).toEqual(ours('POST /v1/files/upload-urls', `PUT /uploads/${path}`));
	});

	it('is told to the storage, from which files come, and where that redirects to', async () => {
		const elsewhere = await FileServer.start();
		elsewhere.handler = (_, response) => void response.end('a file');
		const id = sandbox().projects.create({ isFinished: true });
		const headers = { location: elsewhere.url };
		sandbox().addFaults({ path: '/downloads/', fault: { answer: { status: 302, headers } } });
		await runMagicHour(sandbox(), 'imageProject', 'download', toItems([{}]), {
			parameters: { id, binaryPropertyName: 'data' },
			options: { maxRetries: 0 },
		});
		await elsewhere.close();

		expect(senders(sandbox())).toEqual(
			ours(`GET /v1/image-projects/${id}`, `GET /downloads/image/${id}/0-0.png`),
		);
		expect(elsewhere.requests.map((request) => request.headers['user-agent'])).toEqual([sender]);
	});
});

it('the test of the credential tells its sender', async () => {
	await testCredential({ apiKey: sandbox().apiKey, baseUrl: sandbox().url });

	expect(senders(sandbox())).toEqual(ours('GET /v1/account'));
});

it('the downloads of the trigger tell their sender', async () => {
	const n8n = await WebhookServer.start();
	n8n.reset({
		apiKey: sandbox().apiKey,
		baseUrl: sandbox().url,
		webhookSecret: sandboxWebhookSecret,
	});
	n8n.parameters = { options: { includeDownloads: true } };
	sandbox().webhooks.register(n8n.url);
	const id = sandbox().projects.create({ isFinished: true });
	await sandbox().webhooks.settled();
	await n8n.ended();
	await n8n.close();

	expect(senders(sandbox())).toEqual(ours(`GET /downloads/image/${id}/0-0.png`));
});

it('the version in a bundle is all that it has of package.json', async () => {
	const { outputFiles } = await build({
		entryPoints: [join(root, 'credentials/MagicHourApi.credentials.ts')],
		bundle: true,
		external: ['n8n-workflow'],
		format: 'cjs',
		platform: 'node',
		write: false,
	});

	const [{ text = '' } = {}] = outputFiles;
	expect(text).toContain(`var version = "${version}";`);
	expect(name).toBe('n8n-nodes-magic-hour');
	expect(text).not.toContain('devDependencies');
	expect(text).not.toContain('node-cli');
});
