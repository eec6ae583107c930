import type {
	IDisplayOptions,
	INodeProperties,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';

/** Where in the node a field is shown: the stored values of a resource and an operation. */
export type Place = [resource: string, operation: string];

/** An operation, as the node's description lists it. */
export interface ListedOperation {
	/** The display name of its resource. */
	resource: string;
	place: Place;
	option: INodePropertyOptions;
}

/** @returns every operation that the node's description lists, in its order */
export function operationsOf({
	properties,
}: Pick<INodeTypeDescription, 'properties'>): ListedOperation[] {
	const resources = optionsOf(properties.find(({ name }) => name === 'resource'));
	return resources.flatMap(({ name: resource, value }) =>
		properties
			.filter(
				(list) => list.name === 'operation' && showsFor(list.displayOptions, 'resource', value),
			)
			.flatMap(optionsOf)
			.map((option) => ({
				resource,
				place: [String(value), String(option.value)],
				option,
			})),
	);
}

/** @returns whether a field or an option is shown there, whatever else its showing depends on */
export function isShownAt(
	option: { displayOptions?: IDisplayOptions } | object,
	[resource, operation]: Place,
): boolean {
	const displayOptions = 'displayOptions' in option ? option.displayOptions : undefined;
	return (
		showsFor(displayOptions, 'resource', resource) &&
		showsFor(displayOptions, 'operation', operation)
	);
}

/** @returns the choices of a list; empty for a field of another kind */
export function optionsOf(property?: INodeProperties): INodePropertyOptions[] {
	return (property?.options ?? []).filter((option) => 'value' in option);
}

function showsFor(displayOptions: IDisplayOptions | undefined, name: string, value: unknown) {
	const { show = {}, hide = {} } = displayOptions ?? {};
	const names = [name, `/${name}`];
	return names.every(
		(one) =>
			(show[one]?.includes(value as string) ?? true) && !hide[one]?.includes(value as string),
	);
}
