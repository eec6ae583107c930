import { generateVoice } from '../../../nodes/MagicHour/resources/audioProject/generateVoice';
import { name, type Generator } from './generator';
import { offeredBy } from './offered';
import { getPath, type Body } from './rules';
import { anyObject, choice, file, filledText, integer, object } from './schema';

const speech = filledText({ maxLength: 1000 });

/** A character costs a tenth of a credit. */
function creditsForSpeech(body: Body): number {
	return Math.ceil(String(getPath(body, 'style.prompt')).length / 10);
}

export const audioGenerators: Record<string, Generator> = {
	'/v1/ai-music-generator': {
		kind: 'audio',
		type: 'MUSIC_GENERATOR',
		// Nobody says which fields the style has.
		body: object({ duration: integer({ minimum: 15, maximum: 300 }), style: anyObject }, { name }),
		credits: ({ duration }) => Number(duration),
	},
	'/v1/ai-voice-cloner': {
		kind: 'audio',
		type: 'VOICE_CLONER',
		body: object(
			{
				assets: object({ audio_file_path: file('audio') }),
				style: object({ prompt: speech }),
			},
			{ name },
		),
		credits: creditsForSpeech,
	},
	'/v1/ai-voice-generator': {
		kind: 'audio',
		type: 'VOICE_GENERATOR',
		body: object(
			{
				style: object({
					prompt: speech,
					voice_name: choice(offeredBy(generateVoice, 'style.voice_name')),
				}),
			},
			{ name },
		),
		credits: creditsForSpeech,
	},
};
