import { choices } from '../../fields/choices';
import { sentAs } from '../../fields/routing';
import { limits } from '../../input/fieldLimits';
import { createOperation } from '../project';
import { imageProjectKind } from '../../api/projectKinds';
import { memeTemplates } from './memeTemplates';

export const generateMeme = createOperation(imageProjectKind, {
	name: 'Generate Meme',
	value: 'generateMeme',
	action: 'Generate meme',
	description: 'Generate a meme on any topic from a template',
	url: '/v1/ai-meme-generator',
	fields: [
		{
			displayName: 'Topic',
			name: 'topic',
			type: 'string',
			required: true,
			typeOptions: limits({ maxLength: 200 }),
			default: '',
			placeholder: 'e.g. Mondays without coffee',
			description: 'What the meme is about, in up to 200 characters',
			routing: sentAs('style.topic'),
		},
		{
			displayName: 'Template',
			name: 'template',
			type: 'options',
			required: true,
			options: choices(...memeTemplates),
			default: 'Random',
			description: 'The well-known image to use',
			routing: sentAs('style.template'),
		},
	],
	options: [
		{
			displayName: 'Search Web',
			name: 'searchWeb',
			type: 'boolean',
			default: false,
			description: 'Whether to search the web for information about the topic',
			routing: sentAs('style.searchWeb'),
		},
	],
});
