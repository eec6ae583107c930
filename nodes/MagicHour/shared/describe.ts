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
	const places = everywhere.map(({ place }) => place);
	const collect = (read: (operation: Operation) => INodeProperties[]) =>
		everywhere.flatMap(({ place, operation }) =>
			read(operation).map((field) => ({ field, place })),
		);
	return [
		...resources.map(describeOperationList),
		...merge(
			collect(({ fields }) => fields),
			places,
			'',
		),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: merge(
				collect(({ options }) => options),
				places,
				'/',
			).sort((first, second) => first.displayName.localeCompare(second.displayName)),
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
			.sort((first, second) => first.name.localeCompare(second.name)),
		default: preselected,
	};
}

interface Merged {
	form: string;
	field: INodeProperties;
	shownAt: Place[];
}

/**
 * Makes one field of those that are the same. Each operation keeps its fields in their order.
 *
 * @param everywhere each field, with a place where it is shown
 * @param places all that there are
 * @param root what leads from the field to the parameters Resource and Operation
 */
function merge(
	everywhere: Array<{ field: INodeProperties; place: Place }>,
	places: Place[],
	root: '' | '/',
): INodeProperties[] {
	const merged: Merged[] = [];
	let last = -1;
	let lastPlace: Place | undefined;
	for (const { field, place } of everywhere) {
		if (place !== lastPlace) last = -1;
		lastPlace = place;
		const form = JSON.stringify(field);
		const found = merged.findIndex((one, index) => index > last && one.form === form);
		last = found === -1 ? last + 1 : found;
		if (found === -1) merged.splice(last, 0, { form, field, shownAt: [] });
		merged[last].shownAt.push(place);
	}
	return merged.flatMap(({ field, shownAt }) =>
		showOnlyAt(shownAt, places, root).map((displayOptions) => ({
			...field,
			...(displayOptions === undefined ? {} : { displayOptions: add(field, displayOptions) }),
		})),
	);
}

/** @returns what shows a field at these places and nowhere else; several where one cannot say it */
function showOnlyAt(
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

function add({ displayOptions }: INodeProperties, { show }: IDisplayOptions): IDisplayOptions {
	return { ...displayOptions, show: { ...show, ...displayOptions?.show } };
}
