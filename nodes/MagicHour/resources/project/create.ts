import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { createOnce, forgetCreated } from '../../api/createOnce';
import { downloadFiles } from '../../api/downloads';
import { hasComeToNothing } from '../../api/fetchResource';
import type { WaitSettings } from '../../api/polling';
import type { ProjectKind } from '../../api/projectKinds';
import { fetchProject, projectFailure, toProjectJson } from '../../api/projects';
import type { ItemContext } from '../../execution/itemContext';
import { ItemError, withCreated, type CreatedResource } from '../../execution/itemError';
import { creditLimitOptions } from '../../execution/creditLimits';
import { limitOptions } from '../../execution/limits';
import type { Output } from '../../execution/output';
import { paginationHook } from '../../execution/paginationHook';
import { customBodyFieldsOption, readCustomBodyFields } from '../../fields/customBodyFields';
import { nameOption } from '../../fields/name';
import type { Operation } from '../../fields/mergeFields';
import {
	binaryFieldOfFiles,
	maxFileSizeOption,
	outputField,
	readOutput,
	type OutputMode,
} from '../../fields/output';
import { maxWaitOfCreationOption, readWaitOfCreation } from '../../fields/wait';
import { inputTypeOption } from '../../input/fileInput';
import { describeRequest, readBody, resolveFiles } from '../../input/requestBody';
import type { Rule } from '../../input/rules';
import type { ErrorContext } from '../../messages/errorMessage';
import { hints, lookupContext } from '../../messages/operations';
import { excerpt } from '../../messages/text';

/** An operation that creates a project. */
interface CreateOperation {
	name: string;
	/** The stored value of the operation. */
	value: string;
	/** What it does, as the node panel lists it. */
	action: string;
	description: string;
	/** Its path in the API. */
	url: string;
	/** Whether the project can be given a name; it can, unless said otherwise. */
	hasName?: boolean;
	/** The fields that it shows, in their order. */
	fields: INodeProperties[];
	/** What need not be set, beside the name. */
	options?: INodeProperties[];
	/** Lists what must hold between the fields: with the first item, or loading the node would take longer. */
	rules?: () => Rule[];
}

/** Creates a project: its fields go into the request's body as their routing says. */
export function createOperation(kind: ProjectKind, operation: CreateOperation): Operation {
	const { name, value, action, description, url, hasName = true, fields } = operation;
	const { options = [], rules = () => [] } = operation;
	const ownOptions = hasName ? [nameOption, ...options] : options;
	const sent = [...fields, ...ownOptions];
	return {
		option: {
			name,
			value,
			action,
			description,
			routing: {
				request: { method: 'POST', url },
				operations: { pagination: createProject(kind, sent, rules) },
			},
		},
		fields: [...fields, outputField, binaryFieldOfFiles],
		options: [
			...ownOptions,
			...(sent.some(takesFile) ? [inputTypeOption] : []),
			customBodyFieldsOption,
			maxFileSizeOption,
			maxWaitOfCreationOption,
			...limitOptions,
			...creditLimitOptions,
		],
	};
}

/** @param fields those that are sent in the request's body, options included */
function createProject(kind: ProjectKind, fields: INodeProperties[], listRules: () => Rule[]) {
	const { noun } = kind;
	let rules: Rule[] | undefined;
	return paginationHook({
		operation: { participle: 'created', effect: 'creates', noun },
		validate(item) {
			rules ??= listRules();
			const requestBody = readBody(item, fields, rules, readCustomBodyFields(item));
			const output = readOutput(item);
			const { name } = requestBody.body;
			const isNamed = typeof name === 'string' && name.trim() !== '';
			const subject = isNamed ? `the ${noun} named "${excerpt(name)}"` : `the ${noun}`;
			const errorContext = item.errorContext(subject, { hint: hints.checkParameters });
			return { requestBody, output, errorContext, wait: readWaitOfCreation(item) };
		},
		async execute(item, { requestBody, output, errorContext, wait }) {
			const completeBody = async (): Promise<IDataObject> =>
				await resolveFiles(item, requestBody, errorContext);
			const request = describeRequest(item, requestBody);
			const created = await createOnce(item, request, completeBody, errorContext);
			if (output === 'projectId') return [{ json: created }];
			try {
				return await waitForOutput(item, kind, created, errorContext, wait, output);
			} catch (error) {
				throw withCreated(error, created);
			}
		},
	});
}

async function waitForOutput(
	item: ItemContext,
	kind: ProjectKind,
	created: CreatedResource,
	errorContext: ErrorContext,
	wait: WaitSettings,
	output: Exclude<OutputMode, 'projectId'>,
): Promise<Output[]> {
	const { id } = created;
	const lookup = {
		kind,
		id,
		errorContext: lookupContext(errorContext, kind.noun, id, hints.mayBeDeleted),
		wait,
		created,
	};
	const project = await fetchProject(item, lookup);
	const failure = projectFailure(project, lookup.errorContext);
	if (hasComeToNothing(project)) forgetCreated(item);
	if (failure !== undefined) throw new ItemError(failure);
	if (output === 'completedProject') return [{ json: toProjectJson(project) }];
	return await downloadFiles(item, project, lookup, output);
}

function takesFile({ typeOptions, options = [] }: INodeProperties): boolean {
	if (typeOptions !== undefined && 'fileKinds' in typeOptions) return true;
	return options.some((option) => 'values' in option && option.values.some(takesFile));
}
