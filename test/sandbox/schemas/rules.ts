import { schemaAt, type Schema } from './schema';

export type Body = Record<string, unknown>;

/**
 * What a field may be: one of some values, a number within bounds, a text of some length, or a list of
 * references to files of some kinds.
 */
export type Allowed =
	| readonly unknown[]
	| { from?: number; to?: number }
	| { maxLength: number }
	| { kinds: readonly string[] };

/** Something that the API refuses though each field by itself is as it should be. */
export interface Rule {
	/** Fields with the values for which the rule is; all must apply. `undefined` is a field left out. */
	when?: Record<string, readonly unknown[]>;
	/** A field that must be there for the rule to apply. */
	given?: string;
	/** Fields that must then be there. */
	needs?: string[];
	/** Fields that count only then; otherwise the API ignores them. */
	uses?: string[];
	/** A list of references whose names must then differ, case aside. */
	distinct?: string;
	/** What fields may then be. `duration` is the length of the clip, and `x.length` that of a list. */
	allows?: Record<string, Allowed>;
}

/** @returns the value at a path such as `style.prompt`; undefined where there is none */
export function getPath(body: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((part, name) => (part as Body | null | undefined)?.[name], body);
}

/** Sets the value at a path such as `style.prompt`. */
export function setPath(body: Body, path: string, value: unknown): void {
	const names = path.split('.');
	const last = names.pop() ?? '';
	let part = body;
	for (const name of names) part = (part[name] ??= {}) as Body;
	part[last] = value;
}

/** @returns what the API takes a field for, which may have been left out */
function meaningAt(body: Body, path: string, schema: Schema): unknown {
	if (path === 'duration') return durationOf(body);
	return getPath(body, path) ?? schemaAt(schema, path)?.default;
}

/** @returns the length of the clip in seconds; undefined where the body tells none */
export function durationOf(body: Body): number | undefined {
	const { start_seconds: start = 0, end_seconds: end } = body;
	if (typeof start !== 'number' || typeof end !== 'number') return undefined;
	return Math.round((end - start) * 1000) / 1000;
}

/** Whether a rule is for such a body. */
export function applies({ when = {}, given }: Rule, body: Body, schema: Schema): boolean {
	return (
		Object.entries(when).every(([path, values]) =>
			values.includes(meaningAt(body, path, schema)),
		) &&
		(given === undefined || isGiven(getPath(body, given)))
	);
}

export function isAllowed(allowed: Allowed, value: unknown): boolean {
	if ('includes' in allowed) return allowed.includes(value);
	if ('maxLength' in allowed) return String(value).trim().length <= allowed.maxLength;
	if ('kinds' in allowed) {
		return (value as Reference[]).every((reference) => isOfKind(reference, allowed.kinds));
	}
	const { from = -Infinity, to = Infinity } = allowed;
	return typeof value === 'number' && value >= from && value <= to;
}

/** A file that a prompt calls by a name. */
export interface Reference {
	name: string;
	file_path: string;
}

const kindOfExtension: Record<string, string> = {
	png: 'image',
	jpg: 'image',
	webp: 'image',
	mp4: 'video',
	mov: 'video',
	mp3: 'audio',
	wav: 'audio',
};

/** Whether a file is of one of these kinds, or of none that its name tells. */
export function isOfKind({ file_path: path }: Reference, kinds: readonly string[]): boolean {
	const kind = kindOfExtension[path.split('.').at(-1) ?? ''];
	return kind === undefined || kinds.includes(kind);
}

/** @returns the references without those whose name another one has already */
export function withoutNamesakes(references: Reference[]): Reference[] {
	const byName = new Map<string, Reference>();
	for (const one of [...references].reverse()) byName.set(one.name.toLowerCase(), one);
	return [...byName.values()].reverse();
}

/** @returns what the rules have against a body, with the field; undefined where there is nothing */
export function findContradiction(rules: Rule[], body: Body, schema: Schema): string | undefined {
	if ((durationOf(body) ?? 1) <= 0) return 'end_seconds: must be greater than start_seconds';
	for (const rule of rules.filter((one) => applies(one, body, schema))) {
		const missing = rule.needs?.find((path) => !isGiven(getPath(body, path)));
		if (missing !== undefined) return `${missing}: is required${reasonOf(rule)}`;
		const list = rule.distinct && (getPath(body, rule.distinct) as Reference[] | undefined);
		if (list && withoutNamesakes(list).length < list.length) {
			return `${rule.distinct}: each must have a name of its own`;
		}
		const wrong = Object.entries(rule.allows ?? {}).find(([path, allowed]) => {
			const value = path === 'duration' ? durationOf(body) : getPath(body, path);
			return value !== undefined && !isAllowed(allowed, value);
		});
		if (wrong !== undefined) {
			return `${wrong[0]}: must be ${inWords(wrong[1])}${reasonOf(rule)}`;
		}
	}
	return undefined;
}

function isGiven(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '' && Object(value).length !== 0;
}

function inWords(allowed: Allowed): string {
	if ('maxLength' in allowed) return `${allowed.maxLength} characters or less`;
	if ('kinds' in allowed) return `files of the kind ${allowed.kinds.join(' or ')}`;
	if (!('includes' in allowed)) {
		const { from, to } = allowed;
		const bounds = [
			from === undefined ? '' : `${from} or more`,
			to === undefined ? '' : `${to} or less`,
		];
		return bounds.filter((bound) => bound !== '').join(' and ');
	}
	return allowed.length === 0 ? 'left out' : `one of ${allowed.join(', ')}`;
}

function reasonOf({ when = {}, given }: Rule): string {
	const reasons = Object.entries(when).map(
		([path, values]) => `${path} is ${values.map((value) => value ?? 'left out').join(' or ')}`,
	);
	if (given !== undefined) reasons.push(`${given} is given`);
	return reasons.length === 0 ? '' : ` when ${reasons.join(' and ')}`;
}
