import { errorResponse } from './errors';
import type { ApiResponse } from './faults';
import type { Subject } from './media/media';

const types = ['character', 'reference', 'voice', 'moodboard', 'brand_kit'] as const;
type SavedItemType = (typeof types)[number];

/** What a saved item is to be. */
export interface SavedItemSetting {
	type?: SavedItemType;
	name?: string | null;
	/** How many assets it has. */
	assets?: number;
}

interface SavedItem extends Required<SavedItemSetting> {
	id: string;
}

const defaultLimit = 20;
const maxLimit = 100;
const hoursOfUrls = 24;

/** The part of the API that lists what an account has saved to use again. */
export class SavedItems {
	private items: SavedItem[] = [];

	constructor(
		private readonly now: () => number,
		private readonly baseUrl: () => string,
	) {}

	clear(): void {
		this.items = [];
	}

	/** @returns the ID of the new saved item */
	add({ type = 'reference', name = null, assets = 1 }: SavedItemSetting = {}): string {
		const id = `saved-${this.items.length + 1}`;
		this.items.push({ id, type, name, assets });
		return id;
	}

	/** Whether a path is that of an asset. */
	hasAsset(path: string): boolean {
		return this.items.some((item) => assetPaths(item).includes(path));
	}

	/** @returns what an asset shows or plays; undefined if there is none at the path */
	subjectOf(path: string): Subject | undefined {
		const item = this.items.find((one) => assetPaths(one).includes(path));
		return item && { words: item.name ?? item.type, caption: path };
	}

	/** Answers a request for a page, the newest first. */
	list(query: Record<string, unknown>): ApiResponse {
		const { type, limit = String(defaultLimit), cursor, ...others } = query;
		const invalid = (message: string) => errorResponse(400, message);
		const [unknown] = Object.keys(others);
		if (unknown !== undefined) return invalid(`${unknown}: is not a parameter of this request`);
		if (type !== undefined && !types.some((one) => one === type)) {
			return invalid(`type: must be one of ${types.join(', ')}`);
		}
		const count = /^\d+$/.test(String(limit)) ? Number(limit) : 0;
		if (count < 1 || count > maxLimit) return invalid(`limit: must be from 1 to ${maxLimit}`);
		const found = [...this.items]
			.reverse()
			.filter((item) => type === undefined || item.type === type);
		const start = cursor === undefined ? 0 : found.findIndex(({ id }) => cursorTo(id) === cursor);
		if (start === -1) return invalid('cursor: is not one of a page before');
		const next = found[start + count];
		return {
			status: 200,
			body: {
				items: found.slice(start, start + count).map((item) => this.describe(item)),
				next_cursor: next === undefined ? null : cursorTo(next.id),
			},
		};
	}

	private describe(item: SavedItem): object {
		const { id, type, name } = item;
		const expiresAt = new Date(this.now() + hoursOfUrls * 3_600_000).toISOString();
		return {
			id,
			type,
			name,
			assets: assetPaths(item).map((path, index) => ({
				file_path: path,
				media_kind: type === 'voice' ? 'AUDIO' : 'IMAGE',
				is_primary: index === 0,
				url: `${this.baseUrl()}/${path}?signature=of-the-sandbox`,
				url_expires_at: expiresAt,
			})),
		};
	}
}

function assetPaths({ id, type, assets }: SavedItem): string[] {
	return Array.from(
		{ length: assets },
		(_, index) =>
			`saved-items/user-of-the-sandbox/${id}/${index}.${type === 'voice' ? 'mp3' : 'png'}`,
	);
}

/** Text that means nothing to a client, and needs to be encoded in a URL. */
function cursorTo(id: string): string {
	return `${Buffer.from(id).toString('base64')}&/`;
}
