import type { INodeProperties } from 'n8n-workflow';
import { videoProjectKind } from '../../api/projectKinds';
import { durationField } from '../../fields/duration';
import { imageField } from '../../fields/media';
import { factsOf, modelChoices, modelDescriptionByPlan, range } from '../../fields/models';
import { sentAs } from '../../fields/routing';
import { videoResolutionOption } from '../../fields/videoResolution';
import { limits } from '../../input/fieldLimits';
import { allowedValuesBy, maxLengthBy } from '../../input/rules';
import { createOperation } from '../project';

/** What a model of ads takes, of https://docs.magichour.ai/api-reference/video-projects/ai-ugc-ad */
interface AdModel {
	name: string;
	/** How long its videos may be, in seconds. */
	durations: number[];
	/** How many characters the script may have. */
	maxLength: number;
}

/** The models that make ads, by the value that the API knows them by. */
const adModels: Record<string, AdModel> = {
	'kling-3.0': { name: 'Kling 3.0', durations: range(3, 15), maxLength: 2304 },
	'ltx-2.5': {
		name: 'LTX 2.5',
		durations: [...range(1, 10), ...range(15, 60, 5)],
		maxLength: 1804,
	},
	'veo3.1': { name: 'Veo 3.1', durations: [4, 6, ...range(8, 141, 7)], maxLength: 2500 },
};

const scriptField: INodeProperties = {
	displayName: 'Script',
	name: 'script',
	type: 'string',
	required: true,
	typeOptions: limits({ rows: 4, maxLength: 2500, countsTrimmed: true }),
	default: '',
	placeholder: 'e.g. I have used it every day for a month, and I love it',
	description:
		'What the person in the image says, up to 2,500 characters. Some models allow fewer.',
	routing: sentAs('script'),
};

const adDurationField = durationField(
	'The length of the video. Supported durations depend on the model and your plan.',
	{ minValue: 1, maxValue: 141 },
);

const modelOption: INodeProperties = {
	displayName: 'Model',
	name: 'model',
	type: 'options',
	options: modelChoices(adModels, ({ durations, maxLength }) => [
		`up to ${Math.max(...durations)} seconds`,
		`scripts of up to ${maxLength} characters`,
	]),
	default: 'kling-3.0',
	description: modelDescriptionByPlan,
	routing: sentAs('model'),
};

export const generateUgcAd = createOperation(videoProjectKind, {
	name: 'UGC Ad',
	value: 'generateUgcAd',
	action: 'Generate UGC ad',
	description: 'Generate an ad in which the person in an image speaks your script (AI UGC Ad)',
	url: '/v1/ai-ugc-ad',
	hasName: false,
	fields: [imageField, scriptField, adDurationField],
	options: [modelOption, videoResolutionOption(['480p', '720p'])],
	rules: () => [
		allowedValuesBy(
			modelOption,
			adDurationField,
			factsOf(adModels, ({ durations }) => durations),
		),
		maxLengthBy(
			modelOption,
			scriptField,
			factsOf(adModels, ({ maxLength }) => maxLength),
		),
	],
});
