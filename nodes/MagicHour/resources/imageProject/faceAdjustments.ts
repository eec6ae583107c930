import type { INodeProperties } from 'n8n-workflow';
import { limits } from '../../input/fieldLimits';
import { sentAs } from '../../fields/routing';

/** What can be changed in a face. */
export const faceAdjustments: INodeProperties[] = [
	{
		displayName: 'Enhance Face',
		name: 'enhanceFace',
		type: 'boolean',
		default: false,
		description: 'Whether to add clarity and detail to the face',
		routing: sentAs('style.enhance_face'),
	},
	slider(
		'Eye Gaze Horizontal',
		'eyeGazeHorizontal',
		'eye_gaze_horizontal',
		'How far the eyes look to the side',
	),
	slider(
		'Eye Gaze Vertical',
		'eyeGazeVertical',
		'eye_gaze_vertical',
		'How far the eyes look up or down',
	),
	slider('Eye Open Ratio', 'eyeOpenRatio', 'eye_open_ratio', 'How far the eyes are open'),
	slider(
		'Eyebrow Direction',
		'eyebrowDirection',
		'eyebrow_direction',
		'How far the eyebrows are raised or lowered',
	),
	slider('Head Pitch', 'headPitch', 'head_pitch', 'How far the head tilts up or down'),
	slider('Head Roll', 'headRoll', 'head_roll', 'How far the head tilts toward a shoulder'),
	slider('Head Yaw', 'headYaw', 'head_yaw', 'How far the head turns to the side'),
	slider('Lip Open Ratio', 'lipOpenRatio', 'lip_open_ratio', 'How far the lips are parted'),
	slider('Mouth Grim', 'mouthGrim', 'mouth_grim', 'How grim the mouth looks'),
	slider(
		'Mouth Position Horizontal',
		'mouthPositionHorizontal',
		'mouth_position_horizontal',
		'How far the mouth moves to the side',
	),
	slider(
		'Mouth Position Vertical',
		'mouthPositionVertical',
		'mouth_position_vertical',
		'How far the mouth moves up or down',
	),
	slider('Mouth Pout', 'mouthPout', 'mouth_pout', 'How much the mouth pouts'),
	slider('Mouth Purse', 'mouthPurse', 'mouth_purse', 'How tightly the lips are pursed'),
	slider('Mouth Smile', 'mouthSmile', 'mouth_smile', 'How much the mouth smiles'),
];

/**
 * A number that leaves the face as it is at 0.
 *
 * @param property its name in the request's style
 */
function slider(
	displayName: string,
	name: string,
	property: string,
	description: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'number',
		typeOptions: limits({ minValue: -100, maxValue: 100, multipleOf: 5 }),
		default: 0,
		description: `${description}, from -100 to 100 in steps of 5`,
		routing: sentAs(`style.${property}`),
	};
}
