import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { resourceUrl, type ProjectKind } from '../../api/projectKinds';
import { isProject, type Project } from '../../api/projects';
import type { ItemContext } from '../../execution/itemContext';
import { ItemError } from '../../execution/itemError';
import { limitOptions } from '../../execution/limits';
import { paginationHook } from '../../execution/paginationHook';
import type { Operation } from '../../fields/mergeFields';
import { HttpError } from '../../http/errors';
import { readRequiredSwitch, readSwitch } from '../../input/fieldValue';
import { projectIdField, resolveId } from '../../input/resourceId';
import type { ErrorContext } from '../../messages/errorMessage';
import { saysNotFound } from '../../messages/errorResponse';
import { describeGone, describeUnexpectedResponse } from '../../messages/requestErrors';
import { withArticle } from '../../messages/text';

/** What the item names, and how it is to be deleted. */
interface Deletion {
	id: string;
	url: string;
	errorContext: ErrorContext;
	ignoresMissing: boolean;
}

// True by default: whoever adds it wants nothing deleted.
const dryRunOption: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: true,
	description: 'Whether to check what would be deleted, without deleting anything',
};

/** Deletes a project permanently, once for all items that name it. */
export function deleteOperation(kind: ProjectKind): Operation {
	const { noun, files, path } = kind;
	const ignoreAlreadyDeleted: INodeProperties = {
		displayName: 'Ignore Already Deleted',
		name: 'ignoreAlreadyDeleted',
		type: 'boolean',
		default: false,
		description: `Whether to treat ${withArticle(noun)} that can't be found as deleted, instead of failing`,
	};
	return {
		option: {
			name: 'Delete',
			value: 'delete',
			action: `Delete ${noun}`,
			description: `Delete ${withArticle(noun)} and its ${files} permanently. You can't undo this.`,
			routing: {
				request: { method: 'DELETE', url: `${path}/{id}` },
				operations: { pagination: deleteProject(kind, ignoreAlreadyDeleted) },
			},
		},
		fields: [projectIdField],
		options: [dryRunOption, ignoreAlreadyDeleted, ...limitOptions],
	};
}

function deleteProject(kind: ProjectKind, ignoreAlreadyDeleted: INodeProperties) {
	return paginationHook({
		operation: {
			participle: 'deleted',
			effect: 'deletes',
			noun: kind.noun,
			ignoreMissingOption: ignoreAlreadyDeleted.displayName,
		},
		identifiedBy: projectIdField,
		failureFields: ({ isDryRun }) => (isDryRun ? notDeleted : { deleted: false }),
		isDryRun: (item) => readRequiredSwitch(item, dryRunOption),
		validate(item): Deletion {
			const ignoresMissing = readSwitch(item, ignoreAlreadyDeleted) ?? false;
			const { id, errorContext } = resolveId(item, projectIdField, kind);
			return { id, url: resourceUrl(kind, id), errorContext, ignoresMissing };
		},
		dedupeKey: ({ url }) => url,
		async execute(item, deletion) {
			const { id } = deletion;
			const result = item.isDryRun
				? await checkProject(item, deletion)
				: await deleteOnce(item, deletion);
			return [{ json: { id, ...result } }];
		},
	});
}

async function deleteOnce(
	item: ItemContext,
	{ id, url, errorContext, ignoresMissing }: Deletion,
): Promise<IDataObject> {
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
	item.run.recordDeleted(id, result.alreadyDeleted === true);
	return result;
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

const notDeleted = { deleted: false, dryRun: true };
const alreadyDeleted = { ...notDeleted, alreadyDeleted: true };

/**
 * Looks up what would be deleted, once for all items that name it, and fails where the deletion
 * would. Nothing of it is kept: a later try deletes.
 */
async function checkProject(
	item: ItemContext,
	{ id, url, errorContext, ignoresMissing }: Deletion,
): Promise<IDataObject> {
	const { memo } = item.run;
	if (memo.get(url) !== undefined) return alreadyDeleted;

	const request = {
		method: 'GET' as const,
		url,
		lookupKey: `GET ${url}`,
		policy: { idempotent: true, expectsBody: true },
		errorContext,
	};
	return await item.request(request, async (receive) => {
		const found = await receive().catch(errorIfMissing);
		const isMissing = found instanceof HttpError;
		if (!isMissing && !(isProject(found) && found.id === id)) {
			throw new ItemError(describeUnexpectedResponse(errorContext));
		}
		if (!isMissing && found.enabled !== false) return { ...notDeleted, ...summarize(found) };
		// A deletion of this run or of an earlier try has done it, maybe one whose response was lost.
		const wasDeletedHere = memo.get(url) !== undefined || memo.ambiguousKeys.has(url);
		if (ignoresMissing || wasDeletedHere) return alreadyDeleted;
		throw isMissing ? found : new ItemError(describeGone(errorContext));
	});
}

/**
 * @returns the response by which Magic Hour says that there is no such project
 * @throws any other error
 */
function errorIfMissing(error: unknown): HttpError {
	if (error instanceof HttpError && saysNotFound(error)) return error;
	throw error;
}

/** @returns what tells a project from others, in a list that somebody looks through */
function summarize({ name, status, type, created_at: createdAt, downloads }: Project): IDataObject {
	const fileCount = Array.isArray(downloads) ? downloads.length : 0;
	return { name, status, type, createdAt, fileCount };
}
