import type { INodeProperties } from 'n8n-workflow';
import { promptField } from '../../fields/prompt';

/** What is spoken. */
export const speechField: INodeProperties = {
	...promptField('What the voice says, up to 1,000 characters', 1000),
	displayName: 'Text',
	name: 'text',
	placeholder: 'e.g. Welcome aboard, and enjoy the trip.',
};
