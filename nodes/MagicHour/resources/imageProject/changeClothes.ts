import { sentAs } from '../../fields/routing';
import { fileField } from '../../fields/file';
import { createOperation } from '../project';
import { imageProjectKind } from '../../api/projectKinds';
import { personField } from './person';

export const changeClothes = createOperation(imageProjectKind, {
	name: 'Change Clothes',
	value: 'changeClothes',
	action: 'Change clothes in photo',
	description: 'Dress a person in clothes from another image (AI Clothes Changer)',
	url: '/v1/ai-clothes-changer',
	fields: [
		personField,
		fileField({
			displayName: 'Garment',
			name: 'garment',
			routing: sentAs('assets.garment_file_path'),
			kinds: ['image'],
			description: 'An image of the clothes to put on the person',
			default: 'garment',
		}),
	],
	options: [
		{
			displayName: 'Garment Type',
			name: 'garmentType',
			type: 'options',
			options: [
				{
					name: 'Entire Outfit',
					value: 'entire_outfit',
					description: 'Everything the person wears',
				},
				{
					name: 'Lower Body',
					value: 'lower_body',
					description: 'Such as pants or a skirt',
				},
				{
					name: 'Upper Body',
					value: 'upper_body',
					description: 'Such as a shirt or jacket',
				},
			],
			default: 'entire_outfit',
			description: 'Which clothes to change',
			routing: sentAs('assets.garment_type'),
		},
	],
});
