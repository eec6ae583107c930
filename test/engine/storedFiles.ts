import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';
import { Readable } from 'node:stream';

const mode = 's3';

/** Files that n8n keeps outside of their items, as it does by default; here in memory, in the place of S3. */
export class StoredFiles {
	private readonly contents = new Map<string, string>();

	constructor() {
		const manager = {
			getMetadata: async (id: string) => ({ fileSize: Buffer.byteLength(this.read(id)) }),
			getAsStream: async (id: string) => Readable.from(Buffer.from(this.read(id))),
		};
		Container.get(BinaryDataService).setManager(mode, manager as never);
	}

	/** @returns a file of this content, or one that is gone, as an item refers to it */
	add(content: string | undefined, fileName: string, mimeType = 'image/png'): IBinaryData {
		const id = `file-${this.contents.size}`;
		if (content !== undefined) this.contents.set(id, content);
		return { id: `${mode}:${content === undefined ? 'gone' : id}`, data: mode, fileName, mimeType };
	}

	private read(id: string): string {
		const content = this.contents.get(id);
		if (content === undefined) throw new Error(`ENOENT: no such file, open '${id}'`);
		return content;
	}
}
