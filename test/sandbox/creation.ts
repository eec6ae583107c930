import type { FastifyRequest } from 'fastify';
import { generators } from './schemas';
import type { Generator } from './schemas/generator';
import { findContradiction, getPath, type Body } from './schemas/rules';
import type { FileKind, Schema } from './schemas/schema';
import { errorResponse } from './errors';
import type { ApiResponse } from './faults';
import { isFileAddress } from './fileAddresses';
import type { Sandbox } from './sandbox';
import { required } from '../required';

type SchemaError = { instancePath: string; keyword: string; message?: string; params: object };

/**
 * Makes a project, if the body is as the API wants it and the account can pay for it.
 *
 * @param request one to a generator; its server knows the schemas' own keywords
 */
export function createProject(
	path: string,
	request: FastifyRequest,
	sandbox: Sandbox,
): ApiResponse {
	const generator = required(generators[path], `generator at ${path}`);
	const refusal = refuse(generator, request, sandbox);
	if (refusal !== undefined) return refusal;

	const { kind, type, credits, files, extension } = generator;
	const body = request.body as Body & { name?: string };
	const costs = (sandbox.priceOf ?? credits)(body);
	if (costs > sandbox.credits) {
		const message = `This needs ${costs} credits, and the account has ${sandbox.credits}`;
		return errorResponse(402, message);
	}
	sandbox.credits -= costs;
	const id = sandbox.projects.create({
		kind,
		type,
		name: body.name,
		words: wordsOf(body),
		files: files?.(body),
		extension: extension?.(body),
		creditsCharged: costs,
		isPaid: true,
		outcome: sandbox.outcomeOf?.(body),
	});
	return {
		status: 200,
		// Older clients still read the deprecated costs in frames.
		body: { id, credits_charged: costs, frame_cost: costs, estimated_frame_cost: costs },
	};
}

const placesOfWords = ['style.prompt', 'prompt', 'style.topic', 'content', 'style.art_style'];

/** @returns what a body asks for in words, where it does */
function wordsOf(body: Body): string | undefined {
	return placesOfWords
		.map((path) => getPath(body, path))
		.find((words): words is string => typeof words === 'string' && words.trim() !== '');
}

function refuse(
	{ body: schema, rules = [] }: Generator,
	request: FastifyRequest,
	sandbox: Sandbox,
): ApiResponse | undefined {
	const mismatch = findMismatch(schema, request);
	if (mismatch !== undefined) return errorResponse(400, mismatch);
	const contradiction = findContradiction(rules, request.body as Body, schema);
	if (contradiction !== undefined) return errorResponse(422, contradiction);
	const strange = filesOf(schema, request.body).find((one) => !isKnown(one, sandbox));
	return strange && errorResponse(422, `${strange.field}: there is no file at ${strange.address}`);
}

function findMismatch(schema: Schema, request: FastifyRequest): string | undefined {
	const validate =
		request.getValidationFunction(schema) ?? request.compileValidationSchema(schema, 'body');
	if (validate(request.body ?? null) === true) return undefined;
	const [error] = ((validate as { errors?: SchemaError[] | null }).errors ?? []) as SchemaError[];
	return describeError(required(error, 'reason of the refusal'));
}

function describeError({ instancePath, keyword, message = '', params }: SchemaError): string {
	const { missingProperty, additionalProperty, allowedValues } = params as {
		missingProperty?: string;
		additionalProperty?: string;
		allowedValues?: unknown[];
	};
	const field = [...instancePath.split('/'), missingProperty ?? additionalProperty ?? '']
		.filter((name) => name !== '')
		.join('.');
	const words: Record<string, string> = {
		required: 'is required',
		additionalProperties: 'is not a field of this request',
		enum: `must be one of ${allowedValues?.join(', ')}`,
	};
	return `${field === '' ? 'body' : field}: ${words[keyword] ?? message}`;
}

interface GivenFile {
	field: string;
	kind: FileKind;
	address: string;
}

function filesOf(schema: Schema, value: unknown, field = ''): GivenFile[] {
	if (value === undefined) return [];
	if (schema.fileKind !== undefined) {
		return [{ field, kind: schema.fileKind, address: String(value) }];
	}
	const below = (name: string) => (field === '' ? name : `${field}.${name}`);
	if (Array.isArray(value)) {
		const { items } = schema;
		return items === undefined
			? []
			: value.flatMap((item, index) => filesOf(items, item, below(String(index))));
	}
	return Object.entries(schema.properties ?? {}).flatMap(([name, part]) =>
		filesOf(part, (value as Body)[name], below(name)),
	);
}

function isKnown({ kind, address }: GivenFile, sandbox: Sandbox): boolean {
	const { faces, savedItems } = sandbox;
	if (faces.has(address) || savedItems.hasAsset(address)) return true;
	return kind !== 'face' && isFileAddress(address, [kind], sandbox);
}
