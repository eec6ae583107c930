const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const esbuild = require('esbuild');
const { dest, parallel, series, src, watch } = require('gulp');
const { n8n } = require('./package.json');

const assetFiles = ['icons/*.svg', 'nodes/**/*.json'];

// A node in one file: n8n loads it in half the time that its modules would take, one by one.
const bundles = {
	entryPoints: [...n8n.credentials, ...n8n.nodes].map((file) =>
		file.replace(/^dist\//, '').replace(/\.js$/, '.ts'),
	),
	bundle: true,
	external: ['n8n-workflow'],
	format: 'cjs',
	outbase: '.',
	outdir: 'dist',
	platform: 'node',
	target: 'node20.15',
};

const clean = async () => await rm('dist', { recursive: true, force: true });

const checkTypes = () => runTsc();

const bundle = async () => await esbuild.build({ ...bundles, logLevel: 'warning' });

// Icons and JSON files are read as bytes: gulp would otherwise take them for UTF-8 text.
const assets = () => src(assetFiles, { base: '.', encoding: false }).pipe(dest('dist'));

const checkTypesOnChange = () => runTsc('--watch', '--preserveWatchOutput');

const bundleOnChange = async () =>
	await (await esbuild.context({ ...bundles, logLevel: 'info' })).watch();

const copyOnChange = () => watch(assetFiles, assets);

function runTsc(...options) {
	return spawn('tsc', options, { stdio: 'inherit' });
}

exports.build = series(clean, parallel(checkTypes, bundle, assets));
exports.watch = series(clean, assets, parallel(checkTypesOnChange, bundleOnChange, copyOnChange));
