import type { INodeProperties } from 'n8n-workflow';
import { createProject } from './createProject';
import { maximumWaitOption, transportOptions } from '../../execution/limits';
import { type Rule } from '../../execution/types';
import type { Operation } from '../../fields/mergeFields';
import { nameOption } from '../../fields/fields';
import { inputTypeOption } from '../../fields/file';
import { binaryFieldOfFiles, outputField } from '../../fields/output';
import type { ProjectKind } from './kind';

/** An operation that makes a project. */
export interface Generator {
	name: string;
	/** The stored value of the operation. */
	value: string;
	/** What it does, as the node panel lists it. */
	action: string;
	description: string;
	/** Its path in the API. */
	url: string;
	/** The fields that it shows, in their order. */
	fields: INodeProperties[];
	/** What need not be set, beside the name. */
	options?: INodeProperties[];
	/** What the fields must not say together. */
	rules?: Rule[];
}

/** Makes a project: its fields go into the request's body as their routing says. */
export function createOperation(
	kind: ProjectKind,
	{ name, value, action, description, url, fields, options = [], rules = [] }: Generator,
): Operation {
	const { subject, url: projectUrl } = kind;
	const ownOptions = [nameOption, ...options];
	const sent = [...fields, ...ownOptions];
	return {
		option: {
			name,
			value,
			action,
			description,
			routing: {
				request: { method: 'POST', url },
				operations: { pagination: createProject({ subject, projectUrl, fields: sent, rules }) },
			},
		},
		fields: [...fields, outputField, binaryFieldOfFiles],
		options: [
			...ownOptions,
			...(sent.some(takesFile) ? [inputTypeOption] : []),
			maximumWaitOption,
			...transportOptions,
		],
	};
}

function takesFile({ typeOptions, options = [] }: INodeProperties): boolean {
	if (typeOptions !== undefined && 'fileKinds' in typeOptions) return true;
	return options.some((option) => 'values' in option && option.values.some(takesFile));
}
