import type { INodeProperties } from 'n8n-workflow';
import { imageField } from '../../fields/media';
import { requiredAny } from '../../input/rules';
import { createOperation } from '../project';
import { faceAdjustments } from './faceAdjustments';
import { imageProjectKind } from '../../api/projectKinds';

const adjustmentsField: INodeProperties = {
	displayName: 'Adjustments',
	name: 'adjustments',
	type: 'collection',
	placeholder: 'Add Adjustment',
	default: {},
	description: 'What to change in the face. Add at least one.',
	options: faceAdjustments,
};

export const editFace = createOperation(imageProjectKind, {
	name: 'Edit Face',
	value: 'editFace',
	action: 'Edit face in photo',
	description: 'Adjust the expression, gaze, or pose of a face (AI Face Editor)',
	url: '/v1/ai-face-editor',
	fields: [imageField, adjustmentsField],
	rules: () => [requiredAny(adjustmentsField, faceAdjustments)],
});
