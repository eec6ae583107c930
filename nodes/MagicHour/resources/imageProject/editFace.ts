import { imageField } from '../../fields/media';
import { createOperation } from '../project';
import { needed } from '../../input/rules';
import { faceAdjustments } from './faceAdjustments';
import { imageProjectKind } from './kind';

const adjustments = { displayName: 'Adjustments', property: 'style' };

export const editFace = createOperation(imageProjectKind, {
	name: 'Edit Face',
	value: 'editFace',
	action: 'Edit a face in an image',
	description: 'Change the expression, the gaze or the pose of a face',
	url: '/v1/ai-face-editor',
	fields: [
		imageField,
		{
			displayName: adjustments.displayName,
			name: 'adjustments',
			type: 'collection',
			placeholder: 'Add Adjustment',
			default: {},
			description: 'What to change, at least one thing',
			options: faceAdjustments,
		},
	],
	rules: [needed(adjustments)],
});
