import { choices } from '../../fields/choices';
import { sentAs } from '../../fields/routing';
import { createOperation } from '../project';
import { audioProjectKind } from '../../api/projectKinds';
import { speechField } from './speech';
import { voices } from './voices';

export const generateVoice = createOperation(audioProjectKind, {
	name: 'Text to Speech',
	value: 'generateVoice',
	action: 'Text to speech',
	description: 'Generate speech from text in the voice you choose (AI Voice Generator)',
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
			description: 'Who speaks your text',
			routing: sentAs('style.voice_name'),
		},
	],
});
