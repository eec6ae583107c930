import type { INodeProperties, INodePropertyOptions, INodePropertyRouting } from 'n8n-workflow';

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

/** Choices whose values can be read as they are. */
export function choices(...values: string[]): INodePropertyOptions[] {
	return values.map((value) => ({ name: value, value }));
}

/** What the project is called, for the Options collection. */
export const nameOption: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Summer campaign',
	description: 'What to call the project in the Magic Hour library',
	routing: sentAs('name'),
};

/**
 * What shall be made, in words.
 *
 * @param description what to write into it
 * @param maxLength characters that it may have at most
 */
export function promptField(description: string, maxLength?: number): INodeProperties {
	return { ...promptOption(description, maxLength), required: true };
}

/** The same, for the Options collection. */
export function promptOption(description: string, maxLength?: number): INodeProperties {
	return {
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		typeOptions: { rows: 4, ...(maxLength === undefined ? {} : { maxLength }) },
		default: '',
		placeholder: 'e.g. A lighthouse at dusk, watercolor',
		description,
		routing: sentAs('style.prompt'),
	};
}

/** The prompt of an operation whose Prompt Type says whether it has one. */
export const promptOfPromptType: INodeProperties = {
	...promptField('What the video shall show'),
	displayOptions: { show: { promptType: ['append_default', 'custom'] } },
};

/** Where a part of a video or a sound begins. */
export const startSecondsField: INodeProperties = {
	displayName: 'Start Seconds',
	name: 'startSeconds',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'Where to begin, in seconds from the beginning of the file',
	routing: sentAs('start_seconds'),
};

/** Where a part of a video or a sound ends. */
export const endSecondsField: INodeProperties = {
	displayName: 'End Seconds',
	name: 'endSeconds',
	type: 'number',
	required: true,
	typeOptions: { minValue: 0.1 },
	default: 5,
	description: 'Where to end, in seconds from the beginning of the file',
	routing: sentAs('end_seconds'),
};

/** How large what is made may be, for the Options collection. */
export const maxResolutionOption: INodeProperties = {
	displayName: 'Max Resolution',
	name: 'maxResolution',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 1024,
	description:
		'How many pixels the longer edge has at most. Without it, as many as your plan allows.',
	routing: sentAs('max_resolution'),
};
