import type { INodePropertyRouting } from 'n8n-workflow';

/** Puts a field's value into the request's body, at a place such as `style.prompt`. */
export function sentAs(property: string): INodePropertyRouting {
	return { send: { type: 'body', property } };
}

/**
 * Puts the values of a list's entries into the request's body.
 *
 * @param list the list's place, such as `assets.face_mappings`
 * @param name of the value in its entry
 */
export function sentInListAs(list: string, name: string): INodePropertyRouting {
	return sentAs(`=${list}[{{$index}}].${name}`);
}
