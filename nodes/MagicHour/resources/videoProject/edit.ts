import { endSecondsField, promptField, sentAs, startSecondsField } from '../../fields/fields';
import { videoField } from '../../fields/media';
import { createOperation } from '../project';
import { allowedBy, endAfterStart, lengthBy } from '../../input/rules';
import { upTo1080pOption, videoResolution } from '../../fields/videoResolution';
import { videoProjectKind } from './kind';

const model = { displayName: 'Model', property: 'model' };

export const edit = createOperation(videoProjectKind, {
	name: 'Edit',
	value: 'edit',
	action: 'Edit a video',
	description: 'Change a video as a text says',
	url: '/v1/ai-video-editor',
	fields: [
		videoField,
		{ ...promptField('What shall be changed'), placeholder: 'e.g. Let it snow' },
		endSecondsField,
	],
	options: [
		startSecondsField,
		{
			displayName: model.displayName,
			name: 'model',
			type: 'options',
			options: [
				{
					name: 'Gemini Omni',
					value: 'gemini-omni',
					description: '3 to 10 seconds, in 720p only',
				},
				{ name: 'LTX 2.3', value: 'ltx-2.3', description: 'Up to 45 seconds' },
			],
			default: 'gemini-omni',
			description: 'The AI model that edits the video. Without it, it depends on your plan.',
			routing: sentAs(model.property),
		},
		upTo1080pOption,
	],
	rules: [
		endAfterStart,
		lengthBy(model, { 'gemini-omni': { least: 3, most: 10 }, 'ltx-2.3': { least: 0.5, most: 45 } }),
		allowedBy(model, [videoResolution], {
			'gemini-omni': { [videoResolution.property]: ['720p'] },
		}),
	],
});
