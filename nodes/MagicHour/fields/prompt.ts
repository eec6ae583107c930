import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { limits } from '../input/fieldLimits';
import { sentAs } from './routing';
import { showWhen } from './showWhen';

/**
 * Asks for a description of what is wanted.
 *
 * @param description what to write into it
 * @param maxLength the number of characters that it may have
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
		typeOptions: limits({ rows: 4, ...(maxLength !== undefined && { maxLength }) }),
		default: '',
		placeholder: 'e.g. A lighthouse at dusk, watercolor',
		description,
		routing: sentAs('style.prompt'),
	};
}

/** The prompt of a video that is generated from a file, and need not have one. */
export const optionalPromptField = promptOption('Describe the video you want');

const promptType = { displayName: 'Prompt Type', name: 'promptType' };

/** Asks where the prompt comes from. `promptOfPromptType` is shown for two of the answers. */
export function promptTypeField(
	options: INodePropertyOptions[],
	defaultValue: string,
): INodeProperties {
	return {
		...promptType,
		type: 'options',
		noDataExpression: true,
		options,
		default: defaultValue,
		description: 'Where the prompt comes from',
		routing: sentAs('style.prompt_type'),
	};
}

/** The prompt of an operation whose Prompt Type says whether it has one. */
export const promptOfPromptType: INodeProperties = {
	...promptField('Describe the video you want'),
	displayOptions: showWhen(promptType, 'append_default', 'custom'),
};
