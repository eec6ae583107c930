import { MagicHour } from '../../nodes/MagicHour/MagicHour.node.js';
import { readNode } from './node';
import type { Schema } from './schema';

/** Writes the OpenAPI document that matches the node. */
export function documentOfNode() {
	const paths: Record<
		string,
		Record<string, ReturnType<typeof routeWith> & { parameters: object[] }>
	> = {};
	for (const { endpoint, fields } of readNode(new MagicHour().description)) {
		const [method = '', path = ''] = endpoint.split(' ');
		const schema: Schema = {};
		const parameters: object[] = [];
		for (const { place: steps, types, values } of fields) {
			const leaf = { type: types[0], ...(values === undefined ? {} : { enum: values }) };
			const [, query] = /^query parameter (.+)$/.exec(steps) ?? [];
			if (query !== undefined) parameters.push({ name: query, in: 'query', schema: leaf });
			if (steps.includes('parameter')) continue;
			put(schema, steps.split('.'), leaf);
		}
		const routes = (paths[path.replace(/\{.*\}/, '{id}')] ??= {});
		routes[method.toLowerCase()] = { parameters, ...routeWith(schema) };
	}
	return { openapi: '3.0.2', paths };
}

function routeWith(schema: Schema) {
	return { requestBody: { content: { 'application/json': { schema } } } };
}

/** Puts what is at the end of a path of steps into a schema. */
export function put(schema: Schema, [step = '', ...rest]: string[], leaf: Schema): void {
	const name = step.replace('[]', '');
	schema.properties ??= {};
	const property = (schema.properties[name] ??= {});
	if (rest.length === 0) {
		Object.assign(property, leaf);
		return;
	}
	put(step === name ? property : (property.items ??= {}), rest, leaf);
}
