import type { INodeProperties } from 'n8n-workflow';
import { sentAs } from './routing';

/** What the project is called, for the Options collection. */
export const nameOption: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Summer campaign',
	description: 'The name of the project in your Magic Hour library',
	routing: sentAs('name'),
};
