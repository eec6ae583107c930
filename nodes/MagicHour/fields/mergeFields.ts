import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** One operation: what the operation list shows of it, and the fields it has. */
export interface Operation {
	option: INodePropertyOptions & { value: string };
	/** The fields that it shows, in their order. */
	fields: INodeProperties[];
	/** What need not be set: the content of its Options collection. */
	options: INodeProperties[];
}

/** A resource, with what can be done with it. */
export interface Resource {
	name: string;
	value: string;
	operations: Operation[];
	/** The stored value of the operation that a new node has. */
	preselected: string;
}

/** Where in the node a field is shown: a resource and an operation. */
type Place = [resource: string, operation: string];

/**
 * Describes the fields of all operations. n8n's engine reads every field of the node for every item,
 * also those of other operations, and evaluates their expressions each time. So a field that several
 * operations have in the same form is one field, and all operations share one Options collection.
 *
 * @param resources in alphabetical order
 * @returns the operation lists, the fields, and the options
 */
export function describeResources(resources: Resource[]): INodeProperties[] {
	const everywhere = resources.flatMap(({ value, operations }) =>
		operations.map((operation) => ({ place: [value, operation.option.value] as Place, operation })),
	);
	const collect = (read: (operation: Operation) => INodeProperties[]) =>
		everywhere.map(({ place, operation }) => ({ place, fields: read(operation) }));
	return [
		...resources.map(describeOperationList),
		...merge(
			collect(({ fields }) => fields),
			'',
		),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: mergeInAnyOrder(
				collect(({ options }) => options),
				'/',
			).sort((first, second) => inOrder(first.displayName, second.displayName)),
		},
	];
}

function describeOperationList({ value, operations, preselected }: Resource): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: operations
			.map(({ option }) => option)
			.sort((first, second) => inOrder(first.name, second.name)),
		default: preselected,
	};
}

/**
 * Makes one field of those that are the same. Each operation keeps its fields in their order; only
 * where two operations have the same fields in contrary orders, they stay apart.
 *
 * @param everywhere the fields of each place
 * @param root what leads from a field to the parameters Resource and Operation
 */
function merge(
	everywhere: Array<{ place: Place; fields: INodeProperties[] }>,
	root: '' | '/',
): INodeProperties[] {
	const places = everywhere.map(({ place }) => place);
	const queues = everywhere.map(({ place, fields }) => ({ place, fields: fields.map(withForm) }));
	const counts = countForms(queues.flatMap(({ fields }) => fields));
	const merged: INodeProperties[] = [];
	for (;;) {
		const heads = queues.flatMap(({ fields }) => fields.slice(0, 1));
		if (heads.length === 0) return merged;
		const headCounts = countForms(heads);
		const isFirstEverywhere = ({ form }: WithForm) => headCounts.get(form) === counts.get(form);
		const { field, form } = heads.find(isFirstEverywhere) ?? heads[0];
		const served = queues.filter(({ fields }) => fields[0]?.form === form);
		for (const { fields } of served) fields.shift();
		counts.set(form, (counts.get(form) ?? 0) - served.length);
		const shownAt = served.map(({ place }) => place);
		merged.push(...showOnlyAt(field, shownAt, places, root));
	}
}

/** The same for fields that are put into an order of their own: none of the same stay apart. */
function mergeInAnyOrder(
	everywhere: Array<{ place: Place; fields: INodeProperties[] }>,
	root: '' | '/',
): INodeProperties[] {
	const places = everywhere.map(({ place }) => place);
	const groups = new Map<string, { field: INodeProperties; shownAt: Place[] }>();
	for (const { place, fields } of everywhere) {
		for (const { field, form } of fields.map(withForm)) {
			const group = groups.get(form) ?? { field, shownAt: [] };
			group.shownAt.push(place);
			groups.set(form, group);
		}
	}
	return [...groups.values()].flatMap(({ field, shownAt }) =>
		showOnlyAt(field, shownAt, places, root),
	);
}

interface WithForm {
	field: INodeProperties;
	/** The same for fields that are the same. */
	form: string;
}

function withForm(field: INodeProperties): WithForm {
	return { field, form: JSON.stringify(field) };
}

/** Compares names by their letters; a locale's own order takes milliseconds to load. */
function inOrder(first: string, second: string): number {
	return first < second ? -1 : Number(first > second);
}

/** @returns how many there are of each form */
function countForms(fields: WithForm[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { form } of fields) counts.set(form, (counts.get(form) ?? 0) + 1);
	return counts;
}

/** @returns what shows a field at these places and nowhere else; several where one cannot say it */
function displayOptionsAt(
	shownAt: Place[],
	places: Place[],
	root: '' | '/',
): Array<IDisplayOptions | undefined> {
	if (shownAt.length === places.length) return [undefined];
	const resources = [...new Set(shownAt.map(([resource]) => resource))];
	const operations = [...new Set(shownAt.map(([, operation]) => operation))];
	const alsoShown = places.filter(
		([resource, operation]) => resources.includes(resource) && operations.includes(operation),
	);
	const show = (ofResources: string[], ofOperations: string[]) => ({
		show: { [`${root}resource`]: ofResources, [`${root}operation`]: ofOperations },
	});
	if (alsoShown.length === shownAt.length) return [show(resources, operations)];
	return resources.map((resource) =>
		show(
			[resource],
			shownAt.filter(([one]) => one === resource).map(([, operation]) => operation),
		),
	);
}

function showOnlyAt(
	field: INodeProperties,
	shownAt: Place[],
	places: Place[],
	root: '' | '/',
): INodeProperties[] {
	return displayOptionsAt(shownAt, places, root).map((displayOptions) =>
		displayOptions === undefined ? field : add(field, displayOptions),
	);
}

function add(field: INodeProperties, { show }: IDisplayOptions): INodeProperties {
	const { displayOptions } = field;
	return {
		...field,
		displayOptions: { ...displayOptions, show: { ...show, ...displayOptions?.show } },
	};
}
