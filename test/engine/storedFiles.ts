import { Container } from '@n8n/di';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';
import { Readable } from 'node:stream';

const mode = 's3';

/** Files that n8n keeps outside of their items, as it does by default; here in memory, in the place of S3. */
export class StoredFiles {
	/** How many bytes were taken of each file that was opened, and whether its stream is closed. */
	readonly streams: Array<{ bytesRead: number; stream: Readable }> = [];

	private readonly contents = new Map<string, Buffer>();

	private readonly faults = new Map<string, NodeJS.ErrnoException>();

	constructor() {
		const manager = {
			getMetadata: async (id: string) => ({ fileSize: this.read(id).length }),
			getAsStream: async (id: string, chunkSize = 65_536) => this.open(id, chunkSize),
		};
		Container.get(BinaryDataService).setManager(mode, manager as never);
	}

	/** @returns a file of this content, or one that is gone, as an item refers to it */
	add(
		content: string | Buffer | undefined,
		fileName?: string,
		mimeType = 'image/png',
	): IBinaryData {
		const id = `file-${this.contents.size}`;
		if (content !== undefined) this.contents.set(id, Buffer.from(content));
		return { id: `${mode}:${content === undefined ? 'gone' : id}`, data: mode, fileName, mimeType };
	}

	/** Lets a file be lost when it is read; what is known of it stays. */
	failReading({ id = '' }: IBinaryData, code: string): void {
		const error = Object.assign(new Error(`${code}: cannot be read`), { code });
		this.faults.set(id.replace(`${mode}:`, ''), error);
	}

	private open(id: string, chunkSize: number): Readable {
		const content = this.read(id);
		const fault = this.faults.get(id);
		const taken = { bytesRead: 0 };
		const stream = Readable.from(
			(function* () {
				for (let at = 0; at < content.length; at += chunkSize) {
					const chunk = content.subarray(at, at + chunkSize);
					taken.bytesRead += chunk.length;
					yield chunk;
					if (fault !== undefined) throw fault;
				}
			})(),
		);
		this.streams.push(Object.assign(taken, { stream }));
		return stream;
	}

	private read(id: string): Buffer {
		const content = this.contents.get(id);
		if (content === undefined) throw new Error(`ENOENT: no such file, open '${id}'`);
		return content;
	}
}

/** Lets n8n keep binary data in the files of a folder, as it does by default. */
export async function keepBinaryDataIn(folder: string): Promise<void> {
	Object.assign(Container.get(BinaryDataConfig), { mode: 'filesystem', localStoragePath: folder });
	await Container.get(BinaryDataService).init();
}

export function keepBinaryDataInMemory(): void {
	Object.assign(Container.get(BinaryDataConfig), { mode: 'default' });
	Object.assign(Container.get(BinaryDataService), { mode: 'default' });
}
