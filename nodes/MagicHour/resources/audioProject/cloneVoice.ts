import { sentAs } from '../../fields/routing';
import { fileField } from '../../fields/file';
import { createOperation } from '../project';
import { audioProjectKind } from '../../api/projectKinds';
import { speechField } from './speech';

export const cloneVoice = createOperation(audioProjectKind, {
	name: 'Clone Voice',
	value: 'cloneVoice',
	action: 'Clone voice',
	description: 'Generate speech in a voice cloned from a recording (AI Voice Cloner)',
	url: '/v1/ai-voice-cloner',
	fields: [
		fileField({
			displayName: 'Recording',
			name: 'recording',
			routing: sentAs('assets.audio_file_path'),
			kinds: ['audio'],
			description: 'An audio file of the voice to clone',
		}),
		speechField,
	],
});
