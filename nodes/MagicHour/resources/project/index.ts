import type { Operation } from '../../fields/mergeFields';
import { deleteOperation } from './delete';
import { downloadOperation } from './download';
import { getOperation } from './get';
import type { ProjectKind } from './kind';

export { createOperation } from './create';
export type { ProjectKind } from './kind';

/** What can be done with a project that exists. */
export function projectOperations(kind: ProjectKind): Operation[] {
	return [deleteOperation(kind), downloadOperation(kind), getOperation(kind)];
}
