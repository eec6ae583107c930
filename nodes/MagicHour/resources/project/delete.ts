import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { resourceUrl, type ProjectKind } from '../../api/projectKinds';
import { limitOptions } from '../../execution/limits';
import { paginationHook } from '../../execution/paginationHook';
import type { Operation } from '../../fields/mergeFields';
import { HttpError } from '../../http/errors';
import { readSwitch } from '../../input/fieldValue';
import { resolveId } from '../../input/resourceId';
import { saysNotFound } from '../../messages/errorResponse';
import { withArticle } from '../../messages/text';

/** Deletes a project permanently, once for all items that name it. */
export function deleteOperation(kind: ProjectKind, idField: INodeProperties): Operation {
	const { noun, files, path } = kind;
	const ignoreAlreadyDeleted: INodeProperties = {
		displayName: 'Ignore Already Deleted',
		name: 'ignoreAlreadyDeleted',
		type: 'boolean',
		default: false,
		description: `Whether ${withArticle(noun)} that Magic Hour does not find counts as deleted, instead of failing`,
	};
	return {
		option: {
			name: 'Delete',
			value: 'delete',
			action: `Delete ${withArticle(noun)}`,
			description: `Permanently delete ${withArticle(noun)} and its ${files}, which cannot be undone`,
			routing: {
				request: { method: 'DELETE', url: `${path}/{id}` },
				operations: { pagination: deleteProject(kind, idField, ignoreAlreadyDeleted) },
			},
		},
		fields: [idField],
		options: [ignoreAlreadyDeleted, ...limitOptions],
	};
}

function deleteProject(
	kind: ProjectKind,
	idField: INodeProperties,
	ignoreAlreadyDeleted: INodeProperties,
) {
	return paginationHook({
		operation: {
			participle: 'deleted',
			effect: 'deletes',
			noun: kind.noun,
			ignoreMissingOption: ignoreAlreadyDeleted.displayName,
		},
		identifiedBy: idField,
		failureFields: { deleted: false },
		validate(item) {
			const ignoresMissing = readSwitch(item, ignoreAlreadyDeleted) ?? false;
			const { id, errorContext } = resolveId(item, idField, kind);
			return { id, url: resourceUrl(kind, id), errorContext, ignoresMissing };
		},
		dedupeKey: ({ url }) => url,
		async execute(item, { id, url, errorContext, ignoresMissing }) {
			const { memo } = item.run;
			const policy = { dedupeKey: url, idempotent: true, expectsBody: false };
			const result =
				memo.get(url) ??
				(await item.request({ url, policy, errorContext }, async (receive) => {
					try {
						await receive();
						return { deleted: true };
					} catch (error) {
						return deletedIfMissing(error, ignoresMissing);
					}
				}));
			memo.set(url, result);
			return [{ json: { id, ...result } }];
		},
	});
}

/**
 * Tells whether a project that Magic Hour does not find is deleted all the same.
 *
 * @throws what was caught, where it is not
 */
function deletedIfMissing(error: unknown, ignoresMissing: boolean): IDataObject {
	if (!(error instanceof HttpError) || !saysNotFound(error)) throw error;
	// An earlier attempt, whose response was lost or a 5xx, has done it.
	if (error.retryState.ambiguous) return { deleted: true };
	if (ignoresMissing) return { deleted: true, alreadyDeleted: true };
	throw error;
}
