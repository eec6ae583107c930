import type { INodeProperties } from 'n8n-workflow';
import { createOnce } from '../../api/createOnce';
import { faceDetectionKind, fetchFaces } from '../../api/faces';
import { limitOptions } from '../../execution/limits';
import { withCreated } from '../../execution/itemError';
import { paginationHook } from '../../execution/paginationHook';
import {
	faceDetectionOutputField,
	readFaceDetectionOutput,
	toFaceOutputs,
} from '../../fields/faceOutput';
import { sentAs } from '../../fields/routing';
import { fileField } from '../../fields/file';
import type { Operation } from '../../fields/mergeFields';
import { maxWaitOfCreationOption, readWaitOfCreation } from '../../fields/wait';
import { limits } from '../../input/fieldLimits';
import { inputTypeOption } from '../../input/fileInput';
import { describeRequest, readBody, resolveFiles } from '../../input/requestBody';
import { hints, lookupContext } from '../../messages/operations';

const file = fileField({
	displayName: 'Image or Video',
	name: 'file',
	routing: sentAs('assets.target_file_path'),
	kinds: ['image', 'video'],
	description: 'The image or video to search for faces',
});

const confidenceScore: INodeProperties = {
	displayName: 'Confidence Score',
	name: 'confidenceScore',
	type: 'number',
	typeOptions: limits({ minValue: 0, maxValue: 1, numberPrecision: 2, multipleOf: 0.05 }),
	default: 0.5,
	description:
		'How certain Magic Hour must be of a face, from 0 to 1 in steps of 0.05. Higher scores find fewer faces, with fewer errors.',
	routing: sentAs('confidence_score'),
};

const runDetection = paginationHook({
	operation: {
		participle: 'started',
		effect: 'creates',
		noun: faceDetectionKind.noun,
		isFree: !faceDetectionKind.chargesCredits,
	},
	validate(item) {
		const requestBody = readBody(item, [file, confidenceScore], []);
		const errorContext = item.errorContext(`the ${faceDetectionKind.noun}`, {
			hint: hints.checkParameters,
		});
		const output = readFaceDetectionOutput(item);
		return { requestBody, errorContext, wait: readWaitOfCreation(item), output };
	},
	async execute(item, { requestBody, errorContext, wait, output }) {
		const completeBody = async () => await resolveFiles(item, requestBody, errorContext);
		const request = describeRequest(item, requestBody);
		const created = await createOnce(item, request, completeBody, errorContext);
		if (output === 'detectionId') return [{ json: created }];

		const { id } = created;
		const lookup = {
			kind: faceDetectionKind,
			id,
			errorContext: lookupContext(errorContext, faceDetectionKind.noun, id),
			wait,
			created,
		};
		try {
			return toFaceOutputs(await fetchFaces(item, lookup), output === 'faces');
		} catch (error) {
			throw withCreated(error, created);
		}
	},
});

/** Finds the faces in a file, and waits until they are found, unless only the ID is wanted. */
export const detectFaces: Operation = {
	option: {
		name: 'Detect Faces',
		value: 'detectFaces',
		action: 'Detect faces in file',
		description: 'Find the faces in an image or video, for use in face swaps',
		routing: {
			request: { method: 'POST', url: faceDetectionKind.path },
			operations: {
				pagination: runDetection,
			},
		},
	},
	fields: [file, faceDetectionOutputField],
	options: [confidenceScore, inputTypeOption, ...limitOptions, maxWaitOfCreationOption],
};
