import type { ProjectKind } from '../../api/projectKinds';
import type { Operation } from '../../fields/mergeFields';
import { deleteOperation } from './delete';
import { downloadOperation } from './download';
import { getOperation } from './get';

export { createOperation } from './create';

/** What can be done with a project that exists. */
export function projectOperations(kind: ProjectKind): Operation[] {
	return [deleteOperation(kind), downloadOperation(kind), getOperation(kind)];
}
