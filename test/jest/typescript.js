const { transformSync } = require('esbuild');

/** Takes the types out of a TypeScript file; they are checked by `npm run lint`. */
module.exports = {
	process: (source, sourcefile) =>
		transformSync(source, {
			loader: 'ts',
			format: 'cjs',
			target: 'node20',
			sourcefile,
			sourcemap: 'external',
			sourcesContent: false,
			supported: { 'dynamic-import': false },
		}),
};
