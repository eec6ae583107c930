import { createHash, createHmac, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { required } from '../required';
import { errorResponse } from './errors';
import { makeMedia, type Subject } from './media/media';
import type { Project, ProjectKind, Projects } from './projects';

/** A file that was uploaded. */
export interface StoredFile {
	size: number;
	sha256: string;
	contentType: string;
	/** Only of a file that is small. */
	content?: Buffer;
}

/** What the storage answers. */
export interface StorageAnswer {
	status: number;
	headers?: Record<string, string>;
	body?: Buffer | Readable;
}

const linksLastFor = 24 * 60 * 60 * 1000;
const largestKept = 1024 * 1024;
const chunkSize = 64 * 1024;
const contentTypes: Record<string, string> = {
	png: 'image/png',
	gif: 'image/gif',
	mp4: 'video/mp4',
	webm: 'video/webm',
	mp3: 'audio/mpeg',
};
const extensions: Record<string, string> = {
	video: 'mp4, m4v, mov, webm, gif',
	audio: 'mp3, wav, aac, flac, webm, weba, m4a, opus, ogg, oga, aiff, amr',
	image: 'png, jpg, jpeg, jfif, heic, heif, webp, avif, jp2, tiff, tif, bmp',
};

/** The part of the API that takes and gives files, by addresses that are signed. */
export class Storage {
	/** What was uploaded, by file path. */
	readonly uploads = new Map<string, StoredFile>();

	private readonly secret = randomBytes(16);

	constructor(private readonly projects: Projects) {}

	clear(): void {
		this.uploads.clear();
	}

	/** @returns links to the files of a project, signed anew each time */
	linksTo({ kind, id, files, extension }: Project, baseUrl: string) {
		return Array.from({ length: files }, (_, index) => {
			const path = `/downloads/${kind}/${encodeURIComponent(id)}/${index}-0.${extension}`;
			return this.sign(baseUrl, path);
		}).map(({ url, expiresAt }) => ({ url, expires_at: expiresAt }));
	}

	/**
	 * @param items what the client wants to upload
	 * @returns the answer's status and body, as the API gives them
	 */
	makeUploadUrls(items: unknown, baseUrl: string): { status: number; body: object } {
		if (!Array.isArray(items) || items.length === 0) {
			return errorResponse(400, 'items: Required');
		}
		const places: object[] = [];
		for (const item of items) {
			const { type, extension } = Object(item) as { type: string; extension: string };
			if (extensions[type] === undefined) {
				return errorResponse(400, `items.type: '${type}' is not a type`);
			}
			if (!extensions[type].split(', ').includes(extension)) {
				const message = `'${extension}' is an invalid ${type} extension. Possible extensions are '${extensions[type]}'`;
				return errorResponse(422, message);
			}
			const filePath = `api-assets/${randomBytes(6).toString('hex')}/${type}.${extension}`;
			const { url, expiresAt } = this.sign(baseUrl, `/uploads/${filePath}`);
			places.push({ upload_url: url, expires_at: expiresAt, file_path: filePath });
		}
		return { status: 200, body: { items: places } };
	}

	/** Gives a file of a project to whoever has a valid link. */
	async download(url: string, authorization: string | undefined): Promise<StorageAnswer> {
		const refusal = this.refusalOf(url, authorization);
		if (refusal !== undefined) return refusal;
		const [, , kind, id = '', name = ''] = new URL(url, 'http://sandbox').pathname.split('/');
		const project = this.projects.get(kind as ProjectKind, decodeURIComponent(id));
		if (project === undefined) return noSuchKey;
		const index = Number.parseInt(name, 10);
		const { extension, fileSize } = project;
		if (fileSize === undefined) return answerWith(await fileOf(project, index), extension);
		return answerWith(contentOf(project.id, index, fileSize), extension, fileSize);
	}

	/**
	 * Gives a file that belongs to no project.
	 *
	 * @param subject undefined where there is no such file
	 */
	async show(extension: string, subject: Subject | undefined): Promise<StorageAnswer> {
		const file = subject && (await makeMedia(extension, subject));
		return file === undefined ? noSuchKey : answerWith(file, extension);
	}

	/** @returns the bytes of one of the files of a project for which no size was set */
	async fileOf(kind: ProjectKind, id: string, index = 0): Promise<Buffer> {
		return await fileOf(required(this.projects.get(kind, id), `${kind} project ${id}`), index);
	}

	/** Takes a file from whoever has a valid address. */
	async upload(
		url: string,
		headers: Record<string, string | string[] | undefined>,
		content: Readable,
	): Promise<StorageAnswer> {
		const refusal =
			this.refusalOf(url, headers.authorization?.toString()) ??
			(headers['content-length'] === undefined ? { status: 411 } : undefined);
		if (refusal !== undefined) {
			content.resume();
			return refusal;
		}
		const hash = createHash('sha256');
		const kept: Buffer[] = [];
		let size = 0;
		for await (const chunk of content as AsyncIterable<Buffer>) {
			hash.update(chunk);
			size += chunk.length;
			if (size <= largestKept) kept.push(chunk);
		}
		this.uploads.set(new URL(url, 'http://sandbox').pathname.replace('/uploads/', ''), {
			size,
			sha256: hash.digest('hex'),
			contentType: headers['content-type']?.toString() ?? '',
			content: size <= largestKept ? Buffer.concat(kept) : undefined,
		});
		return { status: 200 };
	}

	private sign(baseUrl: string, path: string): { url: string; expiresAt: string } {
		const expires = this.projects.now() + linksLastFor;
		return {
			url: `${baseUrl}${path}?expires=${expires}&signature=${this.signatureOf(path, expires)}`,
			expiresAt: new Date(expires).toISOString(),
		};
	}

	private signatureOf(path: string, expires: number): string {
		return createHmac('sha256', this.secret).update(`${path} ${expires}`).digest('hex');
	}

	/** Real storage refuses a request that carries a key beside its signature, too. */
	private refusalOf(url: string, authorization: string | undefined): StorageAnswer | undefined {
		const { pathname, searchParams } = new URL(url, 'http://sandbox');
		const refuse = (status: number, code: string) => ({
			status,
			headers: { 'content-type': 'application/xml' },
			body: Buffer.from(`<Error><Code>${code}</Code></Error>`),
		});
		if (authorization !== undefined) return refuse(400, 'InvalidArgument');
		const expires = Number(searchParams.get('expires'));
		const isSigned = searchParams.get('signature') === this.signatureOf(pathname, expires);
		return isSigned && this.projects.now() < expires ? undefined : refuse(403, 'AccessDenied');
	}
}

const noSuchKey: StorageAnswer = { status: 404, body: Buffer.from('<Error>NoSuchKey</Error>') };

function answerWith(
	body: Buffer | Readable,
	extension: string,
	size = (body as Buffer).length,
): StorageAnswer {
	return {
		status: 200,
		headers: {
			'content-type': contentTypes[extension] ?? 'application/octet-stream',
			'content-length': String(size),
		},
		body,
	};
}

async function fileOf(project: Project, index: number): Promise<Buffer> {
	const { id, name, words, type, files, extension } = project;
	const typeInWords = type
		.toLowerCase()
		.replaceAll('_', ' ')
		.replace(/\b(?:ai|gif|qr)\b|^./g, (part) => part.toUpperCase());
	const place = files === 1 ? [] : [`${index + 1} of ${files}`];
	const file = await makeMedia(extension, {
		words: [words, name, typeInWords].find((one) => one.trim() !== '') ?? id,
		caption: [typeInWords, ...place, id].join(' · '),
	});
	return required(file, `way to make a file with the extension ${extension}`);
}

/** @returns the bytes of a file whose size was set; they differ from file to file */
export function contentOf(id: string, index: number, size: number): Buffer | Readable {
	const pattern = createHash('sha512').update(`${id} ${index}`).digest();
	if (size <= largestKept) return Buffer.alloc(size, pattern);
	const chunk = Buffer.alloc(chunkSize, pattern);
	return Readable.from(
		(function* () {
			for (let left = size; left > 0; left -= chunkSize) yield chunk.subarray(0, left);
		})(),
	);
}
