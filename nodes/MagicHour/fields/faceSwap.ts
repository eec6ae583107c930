import type { INodeProperties } from 'n8n-workflow';
import { limits } from '../input/fieldLimits';
import { fileField, optionalFileField } from './file';
import { sentAs, sentInListAs } from './routing';
import { showWhen } from './showWhen';

const mappingsProperty = 'assets.face_mappings';

/** Which faces are swapped: all of them, or those of a list. */
export const faceSwapMode: INodeProperties = {
	displayName: 'Faces to Swap',
	name: 'faceSwapMode',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'All Faces',
			value: 'all-faces',
			description: 'Replace every face with the same new face',
		},
		{
			name: 'Individual Faces',
			value: 'individual-faces',
			description: 'Replace each face you list with its own new face',
		},
	],
	default: 'all-faces',
	description: 'To replace individual faces, run Detect Faces on the same file first',
	routing: sentAs('assets.face_swap_mode'),
};

/**
 * The image that the new face comes from, where all faces become the same.
 *
 * @param property its place in the request's body
 */
export function newFaceField(property: string): INodeProperties {
	return {
		...fileField({
			displayName: 'New Face',
			name: 'newFace',
			routing: sentAs(property),
			kinds: ['image'],
			description: 'An image of the face to swap in',
			default: 'face',
		}),
		displayOptions: showWhen(faceSwapMode, 'all-faces'),
	};
}

/** Which face becomes which. */
export const faceMappings: INodeProperties = {
	displayName: 'Face Mappings',
	name: 'faceMappings',
	type: 'fixedCollection',
	required: true,
	typeOptions: limits({ multipleValues: true, maxItems: 5 }),
	placeholder: 'Add Face',
	default: {},
	description: 'Match each original face with a new face. You can add up to five.',
	displayOptions: showWhen(faceSwapMode, 'individual-faces'),
	options: [
		{
			displayName: 'Face',
			name: 'mapping',
			values: [
				{
					displayName: 'Original Face',
					name: 'originalFace',
					type: 'string',
					required: true,
					typeOptions: limits({ isFacePath: true }),
					default: '',
					placeholder: 'e.g. api-assets/4f1c/0-0.png',
					hint: "The 'path' of a face that Detect Faces returns",
					description:
						"Run Detect Faces on the same file first, then drag the 'path' of a face here",
					routing: sentInListAs(mappingsProperty, 'original_face'),
				},
				{
					...optionalFileField({
						displayName: 'New Face',
						name: 'newFace',
						routing: sentInListAs(mappingsProperty, 'new_face'),
						kinds: ['image'],
						description: 'An image of the face to swap in',
					}),
					required: true,
				},
			],
		},
	],
};
