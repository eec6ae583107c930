import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { sendAs, transportOptions, type OperationProfile } from '../../transport';
import { imageProject } from './subject';

const showOnlyForImageProjectDelete = {
	resource: ['imageProject'],
	operation: ['delete'],
};

const profile: OperationProfile = {
	subject: imageProject,
	verb: { infinitive: 'delete', participle: 'deleted' },
	successFields: { deleted: true },
	failureFields: { deleted: false },
	missing: {
		ignoredByOption: 'options.ignoreAlreadyDeleted',
		ignoredByDisplayName: 'Ignore Already Deleted',
		ignoredFields: { alreadyDeleted: true },
	},
};

export const imageProjectDelete: INodePropertyOptions = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete an image project',
	description: 'Permanently delete an image project and its images',
	routing: {
		request: { method: 'DELETE', url: '/v1/image-projects/{id}' },
		operations: { pagination: sendAs(profile) },
	},
};

export const imageProjectDeleteFields: INodeProperties[] = [
	{
		displayName: 'Image Project ID',
		name: 'id',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. cm6pvghix03bvyz0zwash6noj',
		displayOptions: { show: showOnlyForImageProjectDelete },
		description:
			'The ID of the image project to delete, or its link in the Magic Hour library. A deletion cannot be undone.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: showOnlyForImageProjectDelete },
		options: [
			{
				displayName: 'Ignore Already Deleted',
				name: 'ignoreAlreadyDeleted',
				type: 'boolean',
				default: false,
				description:
					'Whether an image project that Magic Hour does not find counts as deleted, instead of failing',
			},
			...transportOptions,
		],
	},
];
