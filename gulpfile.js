const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, parallel, series, src, watch } = require('gulp');

const assetFiles = ['icons/*.svg', 'nodes/**/*.json'];

const clean = async () => await rm('dist', { recursive: true, force: true });

const compile = () => run('tsc');

// Icons and JSON files are read as bytes: gulp would otherwise take them for UTF-8 text.
const assets = () => src(assetFiles, { base: '.', encoding: false }).pipe(dest('dist'));

const compileOnChange = () => run('tsc', '--watch', '--preserveWatchOutput');

const copyOnChange = () => watch(assetFiles, assets);

function run(command, ...parameters) {
	return spawn(command, parameters, { stdio: 'inherit' });
}

exports.build = series(clean, parallel(compile, assets));
exports.watch = series(clean, assets, parallel(compileOnChange, copyOnChange));
