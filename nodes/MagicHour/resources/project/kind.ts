import type { INodeProperties } from 'n8n-workflow';
import type { Subject } from '../../execution/types';

/** A kind of project, as the node shows it. */
export interface ProjectKind {
	subject: Subject;
	/** Its name with its article, in the middle of a sentence. */
	withArticle: string;
	/** What its files are, in the middle of a sentence. */
	files: string;
	/** Its path in the API, with a place for the ID in braces. */
	url: string;
}

const idFields = new Map<ProjectKind, INodeProperties>();

/** The field that holds the ID of a project, the same object for all operations on its kind. */
export function projectIdField(kind: ProjectKind): INodeProperties {
	const field = idFields.get(kind) ?? makeIdField(kind);
	idFields.set(kind, field);
	return field;
}

function makeIdField({ subject }: ProjectKind): INodeProperties {
	return {
		displayName: subject.idDisplayName,
		name: subject.idParameter,
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. cm6pvghix03bvyz0zwash6noj',
		description: `The ID of the ${subject.name}, or its link in the Magic Hour library`,
	};
}
