import { choices } from '../../fields/choices';
import { sentAs } from '../../fields/routing';
import { createOperation } from '../project';
import { audioProjectKind } from '../../api/projectKinds';
import { speechField } from './speech';
import { voices } from './voices';

export const generateVoice = createOperation(audioProjectKind, {
	name: 'Generate Voice',
	value: 'generateVoice',
	action: 'Generate speech from a text',
	description: 'Speak a text in a voice of your choice',
	url: '/v1/ai-voice-generator',
	fields: [
		speechField,
		{
			displayName: 'Voice',
			name: 'voiceName',
			type: 'options',
			required: true,
			options: choices(...voices),
			default: '',
			description: 'Who speaks the text',
			routing: sentAs('style.voice_name'),
		},
	],
});
