import { MagicHour } from '../../nodes/MagicHour/MagicHour.node.js';
import { compare, type Disagreement } from './compare';
import { loadDocument, readDocument, UnreadableDocument, type ApiOperation } from './document';
import { readNode, type NodeOperation } from './node';

const usage = `Usage: npm run check:api -- <OpenAPI document, as a JSON file or an http(s) URL>

Lists what the node lacks, sends to a different place, or still has although it is deprecated.
Exit code: 0 if there is nothing to list, 1 if there is, and 2 if the document can't be read.`;

/** What the command prints, and how its process ends. */
export interface CheckResult {
	exitCode: 0 | 1 | 2;
	output: string;
	/** Whether the output says why there is nothing to compare. */
	isError: boolean;
}

/**
 * Compares the node with the API.
 *
 * @param parameters those of the command line: a file or a URL
 */
export async function checkApi(parameters: string[]): Promise<CheckResult> {
	const [source, ...others] = parameters;
	if (source === undefined || source.startsWith('-') || others.length > 0) return failure(usage);
	try {
		return compareWith(readDocument(await loadDocument(source)));
	} catch (error) {
		if (!(error instanceof UnreadableDocument)) throw error;
		return failure(`${source} ${error.message}`);
	}
}

function failure(output: string): CheckResult {
	return { exitCode: 2, output, isError: true };
}

function compareWith(api: ApiOperation[]): CheckResult {
	const node = readNode(new MagicHour().description);
	const disagreements = compare(api, node);
	const findings = disagreements.map(
		({ operation, findings }) =>
			`${operation}\n${findings.map((finding) => `  - ${finding}\n`).join('')}`,
	);
	return {
		exitCode: disagreements.length > 0 ? 1 : 0,
		output: [...findings, summarize(api, node, disagreements)].join('\n'),
		isError: false,
	};
}

function summarize(api: ApiOperation[], node: NodeOperation[], disagreements: Disagreement[]) {
	const operations = api.filter(({ isDeprecated }) => !isDeprecated);
	const fields = operations.flatMap((one) => one.fields).filter((field) => !field.isDeprecated);
	const values = fields.flatMap((field) => field.values ?? []);
	const filled = node
		.flatMap((one) => one.fields)
		.filter((field) => field.isFilledByTransport)
		.map(({ place }) => place);
	const count = disagreements.flatMap(({ findings }) => findings).length;
	return [
		`Compared ${operations.length} operations, ${fields.length} fields, and ${values.length} values: ${
			count === 0 ? 'the node is up to date' : `${count} ${count === 1 ? 'finding' : 'findings'}`
		}.`,
		`Filled by the node's transport, without a field: ${filled.join(', ')}.`,
	].join('\n');
}
