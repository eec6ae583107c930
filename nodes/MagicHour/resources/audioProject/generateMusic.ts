import { audioProjectKind } from '../../api/projectKinds';
import { sentAs } from '../../fields/routing';
import { limits } from '../../input/fieldLimits';
import { createOperation } from '../project';

export const generateMusic = createOperation(audioProjectKind, {
	name: 'Generate Music',
	value: 'generateMusic',
	action: 'Generate music',
	description: 'Generate music from a description (AI Music Generator)',
	url: '/v1/ai-music-generator',
	fields: [
		{
			displayName: 'Duration (Seconds)',
			name: 'durationSeconds',
			type: 'number',
			required: true,
			typeOptions: limits({ minValue: 15, maxValue: 300, numberPrecision: 0 }),
			default: 30,
			description: 'The length of the music, from 15 to 300 seconds. Each second costs one credit.',
			routing: sentAs('duration'),
		},
		{
			displayName: 'Style',
			name: 'style',
			type: 'json',
			required: true,
			typeOptions: limits({ rows: 4 }),
			default: '{\n  "prompt": ""\n}',
			description:
				"The 'style' object of the API request. Magic Hour doesn't document its fields. In most other operations, 'prompt' describes what you want.",
			routing: sentAs('style'),
		},
	],
});
