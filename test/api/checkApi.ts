import { MagicHour } from '../../nodes/MagicHour/MagicHour.node.js';
import { compare, type Disagreement } from './compare';
import { loadDocument, readDocument, UnreadableDocument, type ApiOperation } from './document';
import { readNode, type NodeOperation } from './node';

const usage = `Usage: npm run check:api -- <OpenAPI document, as a JSON file or an http(s) URL>

Lists what the node lacks of the API, sends to another place, or has although it is deprecated.
Ends with 0 where there is nothing of the kind, with 1 where there is, and with 2 where the
document cannot be read.`;

const [source, ...others] = process.argv.slice(2);

async function main(): Promise<void> {
	if (source === undefined || source.startsWith('-') || others.length > 0) {
		console.error(usage);
		process.exitCode = 2;
		return;
	}
	const api = readDocument(await loadDocument(source));
	const node = readNode(new MagicHour().description);
	const disagreements = compare(api, node);
	for (const { operation, findings } of disagreements) {
		console.log(`${operation}\n${findings.map((finding) => `  - ${finding}\n`).join('')}`);
	}
	console.log(summarise(api, node, disagreements));
	if (disagreements.length > 0) process.exitCode = 1;
}

function summarise(api: ApiOperation[], node: NodeOperation[], disagreements: Disagreement[]) {
	const operations = api.filter(({ isDeprecated }) => !isDeprecated);
	const fields = operations.flatMap((one) => one.fields).filter((field) => !field.isDeprecated);
	const values = fields.flatMap((field) => field.values ?? []);
	const filled = node
		.flatMap((one) => one.fields)
		.filter((field) => field.isFilledByTransport)
		.map(({ place }) => place);
	const count = disagreements.flatMap(({ findings }) => findings).length;
	return [
		`Compared ${operations.length} operations, ${fields.length} fields and ${values.length} values: ${
			count === 0 ? 'the node is in step' : `${count} ${count === 1 ? 'finding' : 'findings'}`
		}.`,
		`Not fields of the node, but filled by its transport: ${filled.join(', ')}.`,
	].join('\n');
}

main().catch((error: unknown) => {
	if (!(error instanceof UnreadableDocument)) throw error;
	console.error(`${source} ${error.message}`);
	process.exitCode = 2;
});
