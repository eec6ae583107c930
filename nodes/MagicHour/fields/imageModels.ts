import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { formatAlternatives } from '../messages/text';
import { factsOf, formatSome, modelChoices, modelDescription } from './models';
import { sentAs } from './routing';

/** What an image model makes, of https://docs.magichour.ai/api-reference/image-projects/ai-image-generator */
interface ImageModel {
	name: string;
	/** The one operation that has it, if not both have. */
	only?: 'edit' | 'generate';
	/** Absent where nobody says which it has. */
	resolutions?: string[];
	/** How many images it generates at a time; absent where nobody says. */
	counts?: number[];
	/** How many images it takes beside the one that it edits; absent where nobody says. */
	moreImages?: number;
}

const upToFour = [1, 2, 3, 4];
const squares = [1, 4, 9, 16];
const upTo1k = ['640px', '1k'];
const upTo2k = ['640px', '1k', '2k'];
const upTo4k = ['640px', '1k', '2k', '4k'];

/** The models that generate or edit images, by the value that the API knows them by. */
const imageModels: Record<string, ImageModel> = {
	'flux-2-klein': { name: 'FLUX.2 Klein', resolutions: upTo2k, counts: [1], moreImages: 5 },
	'flux-3-klein': { name: 'FLUX 3 Klein' },
	'flux-schnell': {
		name: 'FLUX Schnell',
		only: 'generate',
		resolutions: upTo2k,
		counts: upToFour,
	},
	'gpt-image-2': { name: 'GPT Image 2', resolutions: upTo4k, counts: upToFour, moreImages: 9 },
	'gpt-image-2.5-flare': {
		name: 'GPT Image 2.5 Flare',
		resolutions: upTo4k,
		counts: upToFour,
		moreImages: 9,
	},
	'krea-2': { name: 'Krea 2', resolutions: upTo1k, counts: [1], moreImages: 1 },
	'nano-banana': { name: 'Nano Banana', resolutions: upTo1k, counts: upToFour, moreImages: 9 },
	'nano-banana-2': { name: 'Nano Banana 2', resolutions: upTo4k, counts: squares, moreImages: 9 },
	'nano-banana-2-lite': {
		name: 'Nano Banana 2 Lite',
		resolutions: upTo1k,
		counts: upToFour,
		moreImages: 9,
	},
	'nano-banana-2.1': {
		name: 'Nano Banana 2.1',
		resolutions: upTo4k,
		counts: squares,
		moreImages: 9,
	},
	'nano-banana-pro': {
		name: 'Nano Banana Pro',
		resolutions: ['1k', '2k', '4k'],
		counts: squares,
		moreImages: 9,
	},
	'qwen-edit': { name: 'Qwen Edit', only: 'edit', resolutions: upTo2k, moreImages: 2 },
	'qwen-image-2.1': {
		name: 'Qwen Image 2.1',
		resolutions: upTo2k,
		counts: upToFour,
		moreImages: 2,
	},
	'seedream-v4': { name: 'Seedream 4', resolutions: upTo4k, counts: upToFour, moreImages: 9 },
	'seedream-v4.5': { name: 'Seedream 4.5', only: 'edit', resolutions: upTo4k, moreImages: 9 },
	'seedream-v5-pro': {
		name: 'Seedream 5 Pro',
		resolutions: upTo2k,
		counts: upToFour,
		moreImages: 9,
	},
	'z-image-turbo': {
		name: 'Z-Image Turbo',
		only: 'generate',
		resolutions: upTo2k,
		counts: upToFour,
	},
};

/** How long the longer side of an image may be. */
const resolutionChoices: INodePropertyOptions[] = [
	{ name: '640 Pixels', value: '640px' },
	{ name: '1K (1024 Pixels)', value: '1k' },
	{ name: '2K (2048 Pixels)', value: '2k' },
	{ name: '4K (4096 Pixels)', value: '4k' },
];

/** The choice between the models of an operation, after the one that Magic Hour recommends. */
export function imageModelOption(operation: 'edit' | 'generate'): INodeProperties {
	const models = Object.fromEntries(
		Object.entries(imageModels).filter(([, { only = operation }]) => only === operation),
	);
	return {
		displayName: 'Model',
		name: 'model',
		type: 'options',
		options: [
			{ name: 'Default (Recommended)', value: 'default' },
			...modelChoices(models, (model) => [
				describeResolutions(model),
				operation === 'generate' ? describeCounts(model) : describeInputs(model),
			]),
		],
		default: 'default',
		description: modelDescription,
		routing: sentAs('model'),
	};
}

function describeResolutions({ resolutions = [] }: ImageModel): string {
	const [smallest] = resolutionChoices;
	const nameOf = (value: string) =>
		value === smallest?.value ? '640 pixels' : value.toUpperCase();
	const largest = nameOf(resolutions.at(-1) ?? '');
	if (resolutions[0] === smallest?.value) return `up to ${largest}`;
	const all = resolutionChoices.map(({ value }) => String(value));
	return formatSome(resolutions, all, nameOf);
}

function describeCounts({ counts }: ImageModel): string | undefined {
	if (counts === undefined) return undefined;
	return counts.length === 1
		? '1 image at a time'
		: `${formatAlternatives(counts)} images at a time`;
}

function describeInputs({ moreImages }: ImageModel): string | undefined {
	return moreImages === undefined ? undefined : `up to ${moreImages + 1} input images`;
}

/** The choice of a resolution, where the model and the plan decide which there are. */
export const imageResolutionOption: INodeProperties = {
	displayName: 'Resolution',
	name: 'resolution',
	type: 'options',
	options: resolutionChoices,
	default: '1k',
	description:
		'The length of the longer side. Available resolutions depend on the model and your plan.',
	routing: sentAs('resolution'),
};

/** @returns something about each model, by the value that the API knows it by */
export function byImageModel<Fact>(read: (model: ImageModel) => Fact): Record<string, Fact> {
	return factsOf(imageModels, read);
}
