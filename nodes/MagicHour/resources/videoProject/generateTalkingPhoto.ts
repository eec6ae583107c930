import {
	endSecondsField,
	maxResolutionOption,
	promptOption,
	sentAs,
	startSecondsField,
} from '../../fields/fields';
import { audioField, imageField } from '../../fields/media';
import { createOperation } from '../project';
import { endAfterStart, lengthBy, onlyWhere } from '../../input/rules';
import { videoProjectKind } from './kind';

const generationMode = { displayName: 'Generation Mode', property: 'style.generation_mode' };
const prompt = { displayName: 'Prompt', property: 'style.prompt' };

export const generateTalkingPhoto = createOperation(videoProjectKind, {
	name: 'Generate Talking Photo',
	value: 'generateTalkingPhoto',
	action: 'Make a photo talk',
	description: 'Generate a video in which a photo speaks or sings',
	url: '/v1/ai-talking-photo',
	fields: [imageField, audioField, startSecondsField, endSecondsField],
	options: [
		{
			displayName: generationMode.displayName,
			name: 'generationMode',
			type: 'options',
			options: [
				{
					name: 'Prompted',
					value: 'prompted',
					description: 'Follows a prompt, is a little less like the photo; up to 45 seconds',
				},
				{
					name: 'Realistic',
					value: 'realistic',
					description: 'Stays like the photo; up to 180 seconds',
				},
			],
			default: 'realistic',
			description: 'How the photo is brought to life',
			routing: sentAs(generationMode.property),
		},
		maxResolutionOption,
		promptOption('What happens around the person. Needs the generation mode Prompted.'),
	],
	rules: [
		endAfterStart,
		lengthBy(generationMode, { prompted: { most: 45 }, realistic: { most: 180 } }, 'realistic'),
		onlyWhere(prompt, generationMode, 'prompted'),
	],
});
