import type { GenericValue, IDataObject } from 'n8n-workflow';
import { isObject, propertiesOf } from '../http/json';

/** A place in a request's body: names of fields and numbers of list entries. */
export type Path = readonly string[];

/** Reads a place as n8n's routing writes it, for example `assets.face_mappings[0].new_face`. */
export function parsePath(property: string): Path {
	return property.split(/[.[\]]+/).filter((step) => step !== '');
}

/**
 * Reads the place of a value in the entries of a list, for example
 * `=assets.face_mappings[{{$index}}].new_face`.
 *
 * @returns the list's place, and the value's name in each entry
 */
export function parseEntryPlace(property: string): { listPath: Path; name: string } {
	const [list = '', name = ''] = property.replace(/^=/, '').split('[{{$index}}].');
	return { listPath: parsePath(list), name };
}

/** @returns what stands there; undefined where there is no such place */
export function getPath(body: unknown, path: Path): unknown {
	return path.reduce((value, step) => propertiesOf(value)[step], body);
}

/** Puts a value there, and creates the groups around it. */
export function setPath(body: IDataObject, path: Path, value: GenericValue): void {
	const [step, ...rest] = path;
	if (step === undefined) return;
	if (rest.length === 0) {
		body[step] = value;
		return;
	}
	const group = body[step];
	if (isObject(group)) setPath(group, rest, value);
	else {
		const created: IDataObject = {};
		body[step] = created;
		setPath(created, rest, value);
	}
}

/**
 * Merges an object into another one: groups deeply, anything else replaces what stands there.
 *
 * @param source becomes a part of the target
 */
export function mergeInto(target: IDataObject, source: IDataObject): void {
	for (const [name, value] of Object.entries(source)) {
		const present = Object.hasOwn(target, name) ? target[name] : undefined;
		if (isGroup(present) && isGroup(value)) mergeInto(present, value);
		else target[name] = value;
	}
}

/**
 * Whether a merge of an object decides what stands at a place: it sets the place itself or one within
 * it, or replaces a group around it.
 */
export function setsPath(source: IDataObject, path: Path): boolean {
	let part: unknown = source;
	for (const step of path) {
		if (!isGroup(part)) return true;
		if (!Object.hasOwn(part, step)) return false;
		part = part[step];
	}
	return true;
}

/** Whether a value is an object, and not a list. */
export function isGroup(value: unknown): value is IDataObject {
	return isObject(value) && !Array.isArray(value);
}

/** Takes away what stands there, and the groups around it that are then empty. */
export function unsetPath(body: IDataObject, path: Path): void {
	const [step, ...rest] = path;
	if (step === undefined) return;
	const group = body[step];
	if (rest.length > 0 && isObject(group)) {
		unsetPath(group, rest);
		if (Object.keys(group).length > 0) return;
	}
	delete body[step];
}
