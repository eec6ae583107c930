// Which part of the package may import which: `npm run lint` holds the sources to it.
// CONTRIBUTING.md says what each folder is for.

const root = '^nodes/MagicHour';

/** The folders of the node, the uppermost first: each may import what is below it. */
const layers = ['resources', 'trigger', 'fields', 'input', 'api', 'execution', 'messages', 'http'];

const entries = `${root}/MagicHour(Trigger)?\\.node\\.ts$`;
const credentials = '^credentials/';
const anyLayer = `${root}/(${layers.join('|')})/`;
/** Of which the build takes the version alone. */
const manifest = '^package\\.json$';
const n8nWorkflow = '(^|/)node_modules/n8n-workflow/';

/** The files of http/ that may know types of n8n: those for JSON. */
const filesWithN8nTypes = `${root}/http/json\\.ts$`;

/** @returns the folder and those below it */
const fromDown = (layer) => `${root}/(${layers.slice(layers.indexOf(layer)).join('|')})/`;

const forbidden = [
	...layers.map((layer) => ({
		name: `${layer}-imports-only-down`,
		from: { path: `${root}/${layer}/` },
		to: { path: '^(nodes|credentials)/', pathNot: fromDown(layer) },
	})),
	{
		name: 'credentials-import-only-api-and-down',
		from: { path: credentials },
		to: { path: '^nodes/', pathNot: fromDown('api') },
	},
	{
		name: 'node-files-only-compose',
		comment: 'A node file puts together what these folders declare, and does nothing itself.',
		from: { path: entries },
		to: {
			path: '^(nodes|credentials)/',
			pathNot: [
				`${root}/resources/[^/]+/index\\.ts$`,
				`${root}/trigger/`,
				`${root}/fields/(mergeFields|subtitle)\\.ts$`,
				`${root}/execution/baseUrl\\.ts$`,
				`${root}/execution/paginationHook\\.ts$`,
			],
		},
	},
	{
		name: 'every-module-has-a-layer',
		from: {},
		to: { path: '^nodes/', pathNot: [entries, anyLayer] },
	},
	{
		name: 'resources-share-by-project-and-fields',
		from: { path: `${root}/resources/([^/]+)/` },
		to: { path: `${root}/resources/`, pathNot: `${root}/resources/($1|project)/` },
	},
	{
		name: 'http-knows-no-values-of-n8n',
		comment: "http/ is an ordinary HTTP client's inside. Of n8n it uses only sleep, in one file.",
		from: { path: `${root}/http/`, pathNot: `${root}/http/sleep\\.ts$` },
		to: { path: n8nWorkflow, dependencyTypesNot: ['type-only'] },
	},
	{
		name: 'http-knows-types-of-n8n-in-few-files',
		from: { path: `${root}/http/`, pathNot: [`${root}/http/sleep\\.ts$`, filesWithN8nTypes] },
		to: { path: n8nWorkflow },
	},
	{
		name: 'nothing-but-n8n-workflow',
		comment: "n8n's rule for verified nodes: the published package has no runtime dependency.",
		from: { path: '^(nodes|credentials)/' },
		to: { pathNot: ['^(nodes|credentials)/', n8nWorkflow, '^(node:)?crypto$', manifest] },
	},
	{
		name: 'manifest-only-for-the-user-agent',
		from: { pathNot: `${root}/http/userAgent\\.ts$` },
		to: { path: manifest },
	},
	{
		name: 'crypto-only-in-the-trigger',
		from: { path: '^(nodes|credentials)/', pathNot: `${root}/trigger/` },
		to: { path: '^(node:)?crypto$' },
	},
	{
		name: 'no-cycle',
		from: {},
		to: { circular: true },
	},
	{
		name: 'no-module-that-nobody-imports',
		from: { path: [entries, credentials] },
		to: { path: '^nodes/', pathNot: entries, reachable: false },
	},
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: forbidden.map((rule) => ({ severity: 'error', ...rule })),
	options: {
		doNotFollow: { path: 'node_modules' },
		// An import of types alone is a dependency too.
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
	},
};
