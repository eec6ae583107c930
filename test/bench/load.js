// Prints how many milliseconds the package's node and credential take to load, in a process that has
// loaded n8n-workflow already, as n8n has.
const { createRequire } = require('node:module');
const { join } = require('node:path');

const load = createRequire(join(process.argv[2], 'package.json'));
load('n8n-workflow');
const { n8n } = load('./package.json');
const startedAt = performance.now();
for (const file of [...n8n.credentials, ...n8n.nodes]) {
	for (const Type of Object.values(load(`./${file}`))) {
		if (typeof Type === 'function') new Type();
	}
}
console.log(performance.now() - startedAt);
