import type * as DI from '@n8n/di';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { repositoryFolder } from '../n8n/folders';
import {
	nodeParameters,
	pictureFormat,
	type BinariesReply,
	type BinariesSetting,
	type BinariesTask,
} from './binariesTask';
import { loadPackedNode, parallelRequests } from './contestants';
import { measure } from './measure';
import { required } from '../required';

/** Makes a project of each picture; what takes no part in that is done before. */
type Prepare = (task: BinariesTask) => Promise<() => Promise<string | undefined>>;

async function main(setting: BinariesSetting): Promise<void> {
	const prepare =
		setting.contestant === 'node' ? await prepareNode(setting) : await prepareAxios(setting);
	process.on('message', (task: BinariesTask) => {
		void (async () => {
			const work = await prepare(task);
			const { measurement, result } = await measure(work);
			const reply: BinariesReply = { measurement, error: result };
			process.send?.(reply);
		})();
	});
}

async function prepareNode({ url, apiKey, packageFolder }: BinariesSetting): Promise<Prepare> {
	const { prepareOnEngine } = await import('./onEngine');
	const { BinaryDataService, FileLocation } = await import('n8n-core');
	// The one that the engine itself has: other packages may have another.
	const engine = createRequire(join(repositoryFolder, 'node_modules', 'n8n-core', 'package.json'));
	const { Container } = engine('@n8n/di') as typeof DI;
	const service = Container.get(BinaryDataService);
	await service.init();
	const location = FileLocation.ofExecution('workflow-of-a-test', 'execution-of-a-test');
	const run = prepareOnEngine(loadPackedNode(packageFolder), { url, apiKey });
	return async (task) => {
		const items = await storePictures(
			task,
			async (content, file) => await service.store(location, content, file),
		);
		return async () => {
			const { data } = await run(nodeParameters, items);
			return data.resultData.error?.message;
		};
	};
}

/** @returns an item for each project, which refers to a picture that n8n has stored */
async function storePictures(
	{ pictures, projects }: BinariesTask,
	store: (content: Buffer, file: IBinaryData) => Promise<IBinaryData>,
): Promise<INodeExecutionData[]> {
	const stored: IBinaryData[] = [];
	for (const fileName of await readdir(pictures)) {
		const content = await readFile(join(pictures, fileName));
		const described = { data: '', mimeType: 'image/png', fileName };
		stored.push(await store(content, described));
	}
	return Array.from({ length: projects }, (_, index) => {
		const data = required(stored[index % stored.length], 'picture');
		return { json: {}, binary: { data } };
	});
}

/** What a script does that knows nothing of the other projects: three requests for each. */
async function prepareAxios({ url, apiKey }: BinariesSetting): Promise<Prepare> {
	const { default: axios } = await import('axios');
	const client = axios.create({ baseURL: url, headers: { Authorization: `Bearer ${apiKey}` } });
	const make = async (name: string, picture: string) => {
		const { data } = await client.post<{ items: UploadPlace[] }>('/v1/files/upload-urls', {
			items: [pictureFormat],
		});
		const [place] = data.items;
		if (place === undefined) throw new Error('There is no URL to upload to');
		await axios.put(place.upload_url, await readFile(picture), {
			headers: { 'Content-Type': 'image/png' },
		});
		const assets = { image_file_path: place.file_path };
		await client.post('/v1/image-background-remover', { name, assets });
	};
	return async ({ pictures, projects }) => {
		const names = await readdir(pictures);
		return async () => {
			let firstError: string | undefined;
			const remaining = Array.from({ length: projects }, (_, index) => index).values();
			const worker = async () => {
				for (const index of remaining) {
					const picture = join(pictures, names[index % names.length] ?? '');
					await make(String(index), picture).catch((error: unknown) => {
						firstError ??= error instanceof Error ? error.message : String(error);
					});
				}
			};
			await Promise.all(Array.from({ length: parallelRequests }, worker));
			return firstError;
		};
	};
}

interface UploadPlace {
	upload_url: string;
	file_path: string;
}

const [setting] = process.argv.slice(2);
if (setting !== undefined) void main(JSON.parse(setting) as BinariesSetting);
