import type { IDataObject } from 'n8n-workflow';

/** A place in a request's body: names of fields and numbers of list entries. */
export type BodyPath = ReadonlyArray<string>;

/** Reads a place as n8n's routing writes it, for example `assets.face_mappings[0].new_face`. */
export function toBodyPath(property: string): BodyPath {
	return property.split(/[.[\]]+/).filter((step) => step !== '');
}

/** @returns what stands there; undefined where there is no such place */
export function valueAt(body: unknown, path: BodyPath): unknown {
	return path.reduce((value, step) => (Object(value) as IDataObject)[step], body);
}

/** Puts a value there, and makes the groups around it. */
export function putAt(body: IDataObject, path: BodyPath, value: unknown): void {
	const last = path.length - 1;
	let group = body;
	for (const step of path.slice(0, last)) group = (group[step] ??= {}) as IDataObject;
	group[path[last]] = value as IDataObject;
}

/** Takes away what stands there, and the groups around it that are then empty. */
export function removeAt(body: IDataObject, path: BodyPath): void {
	const [step, ...rest] = path;
	const group = body[step];
	if (rest.length > 0 && typeof group === 'object' && group !== null) {
		removeAt(group as IDataObject, rest);
		if (Object.keys(group).length > 0) return;
	}
	delete body[step];
}
