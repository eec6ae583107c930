import type { INodeProperties } from 'n8n-workflow';
import type { FileKind } from '../api/projectKinds';
import { limits } from '../input/fieldLimits';
import { distinctInList, fileKindsBy, formInList, notWith, type Rule } from '../input/rules';
import { formatAlternatives } from '../messages/text';
import { optionalFileField } from './file';
import { sentInListAs } from './routing';

const property = 'references';
const allKinds: [FileKind, ...FileKind[]] = ['image', 'video', 'audio'];

const fileOfReference: INodeProperties = {
	...optionalFileField({
		displayName: 'File',
		name: 'file',
		routing: sentInListAs(property, 'file_path'),
		kinds: allKinds,
		description: 'The image, video, or audio file that the name refers to',
	}),
	required: true,
};

const nameOfReference: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	required: true,
	typeOptions: limits({ dropsPrefix: '@' }),
	default: '',
	placeholder: 'e.g. hero',
	hint: 'The name to use after @ in the prompt, such as hero for @hero',
	routing: sentInListAs(property, 'name'),
};

/** Files that the prompt can refer to by name, for the Options collection. */
export const referencesOption: INodeProperties = {
	displayName: 'References',
	name: 'references',
	type: 'fixedCollection',
	typeOptions: limits({ multipleValues: true, maxItems: 10 }),
	placeholder: 'Add Reference',
	default: {},
	description:
		'Up to 10 files to mention in the prompt by name, such as @hero. Supported file types depend on the model.',
	options: [
		{ displayName: 'Reference', name: 'reference', values: [nameOfReference, fileOfReference] },
	],
};

/** @returns which references a model takes, in short */
export function describeReferences(kinds: readonly FileKind[]): string {
	if (kinds.length === 0) return 'no references';
	return kinds.length === allKinds.length
		? 'references of any kind'
		: `${formatAlternatives(kinds)} references`;
}

/**
 * Refuses references that a model does not take.
 *
 * @param modelField the field that says which model it is
 * @param kinds the kinds of files that each model takes; none for a model that takes no references, and
 * nothing for one of which that is not known
 */
export function referencesOfModel(
	modelField: INodeProperties,
	kinds: Record<string, readonly FileKind[] | undefined>,
): Rule[] {
	const entries = Object.entries(kinds);
	const without = entries.filter(([, ofModel]) => ofModel?.length === 0).map(([model]) => model);
	return [
		notWith(modelField, without, referencesOption),
		fileKindsBy(modelField, referencesOption, fileOfReference, kinds),
	];
}

/** Refuses two references of one name. */
export const referenceNamesAreDistinct = distinctInList(referencesOption, nameOfReference);

/** Refuses what cannot be a name behind an @. */
export const referenceNamesAreNames = formInList(
	referencesOption,
	nameOfReference,
	/^[A-Za-z][\w-]*$/,
	'Start with a letter, and use only letters, digits, underscores, and hyphens.',
);
