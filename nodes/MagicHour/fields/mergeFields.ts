import type {
	IDisplayOptions,
	INodeProperties,
	INodePropertyOptions,
	INodePropertyRouting,
} from 'n8n-workflow';

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
	/** The operation that a new node has. */
	preselected: Operation;
}

/** Where in the node a field is shown: a resource and an operation. */
type Place = [resource: string, operation: string];

/** The fields that one operation shows, in their order. */
interface Listing {
	place: Place;
	fields: INodeProperties[];
}

/** What leads from a field to the parameters Resource and Operation. */
type Root = '' | '/';

/**
 * Asks for a resource, before anything else; the second is the one that a new node has.
 *
 * @param routing what holds for every operation
 */
export function resourceField(
	resources: Resource[],
	{ value: preselectedValue }: Resource,
	routing: INodePropertyRouting,
): INodeProperties {
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources.map(({ name, value }) => ({ name, value })),
		default: preselectedValue,
		routing,
	};
}

/**
 * Describes the fields of all operations. n8n's engine reads every field of the node for every item,
 * also those of other operations, and evaluates their expressions each time. So operations that list
 * the same field object share one field, and all operations share one Options collection.
 *
 * @param resources in alphabetical order
 * @returns the operation lists, the fields, and the options
 * @throws Error where an operation shows two fields of one name at the same time
 */
export function nodeProperties(resources: Resource[]): INodeProperties[] {
	const listings = (read: (operation: Operation) => INodeProperties[]) =>
		resources.flatMap(({ value, operations }) =>
			operations.map((operation) => {
				const listing: Listing = {
					place: [value, operation.option.value],
					fields: read(operation),
				};
				checkNames(listing);
				return listing;
			}),
		);
	return [
		...resources.map(describeOperationList),
		...mergeInOrder(
			listings(({ fields }) => fields),
			'',
		),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: mergeByDisplayName(
				listings(({ options }) => options),
				'/',
			),
		},
	];
}

function describeOperationList({ value, operations, preselected }: Resource): INodeProperties {
	const { value: preselectedValue } = preselected.option;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: operations
			.map(({ option }) => option)
			.sort((first, second) => compare(first.name, second.name)),
		default: preselectedValue,
	};
}

/** n8n stores a value under a field's name, so that two of one name would share it. */
function checkNames({ place: [resource, operation], fields }: Listing): void {
	fields.forEach((field, index) => {
		const { name } = field;
		const isShownWith = (other: INodeProperties) => other.name === name && !areParted(field, other);
		if (fields.slice(index + 1).some(isShownWith)) {
			throw new Error(`The operation ${resource} → ${operation} shows two fields named ${name}`);
		}
	});
}

/** @returns whether one display condition of both has no value in common */
function areParted(first: INodeProperties, second: INodeProperties): boolean {
	const others = second.displayOptions?.show ?? {};
	return Object.entries(first.displayOptions?.show ?? {}).some(([name, values = []]) => {
		const otherValues = others[name];
		return (
			otherValues !== undefined &&
			[...values, ...otherValues].every((value) => typeof value !== 'object') &&
			!values.some((value) => otherValues.includes(value))
		);
	});
}

/**
 * Lists each field once, by Kahn's topological sort: a field comes when it is the next one of all
 * operations that still have it. Each operation keeps its order. Only where two operations have the
 * same fields in contrary orders, a field is listed twice.
 */
function mergeInOrder(listings: Listing[], root: Root): INodeProperties[] {
	const places = listings.map(({ place }) => place);
	const queues = listings.map(({ place, fields }) => ({ place, fields, position: 0 }));
	const remaining = countEach(listings.flatMap(({ fields }) => fields));
	const heads = countEach(listings.flatMap(({ fields }) => fields.slice(0, 1)));
	const merged: INodeProperties[] = [];
	for (;;) {
		const next = findNext(queues, heads, remaining);
		if (next === undefined) return merged;
		const taken = queues.filter(({ fields, position }) => fields[position] === next);
		heads.delete(next);
		for (const queue of taken) {
			queue.position++;
			const head = queue.fields[queue.position];
			if (head !== undefined) heads.set(head, (heads.get(head) ?? 0) + 1);
		}
		remaining.set(next, (remaining.get(next) ?? 0) - taken.length);
		const shownAt = taken.map(({ place }) => place);
		merged.push(...showOnlyAt(next, shownAt, places, root));
	}
}

/** What is left of the fields of an operation: those from a position on. */
type Queue = Pick<Listing, 'fields'> & { position: number };

/**
 * @param heads how many queues each field is the next one of
 * @param remaining how many queues still have each field
 * @returns the first field that is the next one wherever it is left, or else any; undefined for none
 */
function findNext(
	queues: Queue[],
	heads: Map<INodeProperties, number>,
	remaining: Map<INodeProperties, number>,
): INodeProperties | undefined {
	let first: INodeProperties | undefined;
	for (const { fields, position } of queues) {
		const head = fields[position];
		if (head === undefined) continue;
		if (heads.get(head) === remaining.get(head)) return head;
		first ??= head;
	}
	return first;
}

/** Lists each field once, by display name, since a user sees options in the order of their names. */
function mergeByDisplayName(listings: Listing[], root: Root): INodeProperties[] {
	const places = listings.map(({ place }) => place);
	const placesOf = new Map<INodeProperties, Place[]>();
	for (const { place, fields } of listings) {
		for (const field of fields) {
			const shownAt = placesOf.get(field);
			if (shownAt === undefined) placesOf.set(field, [place]);
			else shownAt.push(place);
		}
	}
	return [...placesOf]
		.flatMap(([field, shownAt]) => showOnlyAt(field, shownAt, places, root))
		.sort((first, second) => compare(first.displayName, second.displayName));
}

/** Compares names by their letters; a locale's own order takes milliseconds to load. */
function compare(first: string, second: string): number {
	return first < second ? -1 : Number(first > second);
}

function countEach(fields: INodeProperties[]): Map<INodeProperties, number> {
	const counts = new Map<INodeProperties, number>();
	for (const field of fields) counts.set(field, (counts.get(field) ?? 0) + 1);
	return counts;
}

/** @returns the field, shown at these places and nowhere else; several where one cannot say it */
function showOnlyAt(
	field: INodeProperties,
	shownAt: Place[],
	places: Place[],
	root: Root,
): INodeProperties[] {
	return displayOptionsAt(shownAt, places, root).map((displayOptions) =>
		displayOptions === undefined ? field : withDisplayOptions(field, displayOptions),
	);
}

/** @returns what shows a field at these places and nowhere else; several where one cannot say it */
function displayOptionsAt(
	shownAt: Place[],
	places: Place[],
	root: Root,
): Array<IDisplayOptions | undefined> {
	if (shownAt.length === places.length) return [undefined];
	const resources = [...new Set(shownAt.map(([resource]) => resource))];
	const operations = [...new Set(shownAt.map(([, operation]) => operation))];
	const show = (ofResources: string[], ofOperations: string[]) => ({
		show: { [`${root}resource`]: ofResources, [`${root}operation`]: ofOperations },
	});
	const isAlsoShown = ([resource, operation]: Place): boolean =>
		resources.includes(resource) && operations.includes(operation);
	if (resources.length === 1 || places.filter(isAlsoShown).length === shownAt.length) {
		return [show(resources, operations)];
	}
	return resources.map((resource) =>
		show(
			[resource],
			shownAt.filter(([one]) => one === resource).map(([, operation]) => operation),
		),
	);
}

function withDisplayOptions(field: INodeProperties, { show }: IDisplayOptions): INodeProperties {
	const { displayOptions } = field;
	return {
		...field,
		displayOptions: { ...displayOptions, show: { ...show, ...displayOptions?.show } },
	};
}
