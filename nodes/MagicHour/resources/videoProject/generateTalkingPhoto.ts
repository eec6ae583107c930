import type { INodeProperties } from 'n8n-workflow';
import {
	clipDurationWithin,
	clipEndsAfterStart,
	endSecondsField,
	startSecondsField,
} from '../../fields/clip';
import { maxResolutionOption } from '../../fields/maxResolution';
import { audioField, imageField } from '../../fields/media';
import { promptOption } from '../../fields/prompt';
import { sentAs } from '../../fields/routing';
import { allowedOnlyWhen } from '../../input/rules';
import { createOperation } from '../project';
import { videoProjectKind } from '../../api/projectKinds';

const generationModeOption = {
	displayName: 'Generation Mode',
	name: 'generationMode',
	type: 'options',
	options: [
		{
			name: 'Prompted',
			value: 'prompted',
			description: 'Follow a prompt, with slightly less likeness to the photo; up to 45 seconds',
		},
		{
			name: 'Realistic',
			value: 'realistic',
			description: 'Stay close to the photo; up to 300 seconds',
		},
	],
	default: 'realistic',
	description: 'How to animate the photo',
	routing: sentAs('style.generation_mode'),
} satisfies INodeProperties;

const actionPromptOption: INodeProperties = {
	...promptOption('Describe what happens around the person. Supported in Prompted mode only.'),
	placeholder: 'e.g. Leaves fall in the background',
};

export const generateTalkingPhoto = createOperation(videoProjectKind, {
	name: 'Talking Photo',
	value: 'generateTalkingPhoto',
	action: 'Generate talking photo',
	description: 'Animate a photo so that it speaks or sings along with your audio',
	url: '/v1/ai-talking-photo',
	fields: [imageField, audioField, startSecondsField, endSecondsField],
	options: [generationModeOption, maxResolutionOption, actionPromptOption],
	rules: () => [
		clipEndsAfterStart,
		clipDurationWithin(
			generationModeOption,
			{ prompted: { max: 45 }, realistic: { max: 300 } },
			generationModeOption.default,
		),
		allowedOnlyWhen(actionPromptOption, generationModeOption, 'prompted'),
	],
});
