// What `npm run lint` takes for correct: American English, and the words of words.txt.

const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/** @returns the lines of a file beside this one, without comments */
const linesOf = (name) =>
	readFileSync(join(__dirname, name), 'utf8')
		.split('\n')
		.filter((line) => line !== '' && !line.startsWith('#'));

/** @type {import('cspell').CSpellSettings} */
module.exports = {
	version: '0.2',
	language: 'en-US',
	globRoot: '../..',
	files: ['**'],
	enableGlobDot: true,
	useGitignore: true,
	gitignoreRoot: '../..',
	ignorePaths: [
		...['.git', 'node_modules', 'package-lock.json', 'LICENSE.md'],
		...['test/spelling/*.txt', '*.png', '*.svg'],
	],
	words: linesOf('words.txt'),
	// Unlike a forbidden word of a dictionary, one of these is also found with a capital.
	flagWords: linesOf('notAmerican.txt'),
	ignoreRegExpList: ['percentEncoded', 'projectId'],
	patterns: [
		{ name: 'percentEncoded', pattern: /%[0-9A-F]{2}/g },
		{ name: 'projectId', pattern: /\bc[a-z0-9]{24}\b/g },
		{ name: 'namesInTemplate', pattern: /`[^`]*`/g },
	],
	overrides: [
		{
			filename: [
				'nodes/MagicHour/resources/audioProject/voices.ts',
				'nodes/MagicHour/resources/imageProject/memeTemplates.ts',
			],
			ignoreRegExpList: ['namesInTemplate'],
		},
		{
			filename: ['*.md', '{credentials,docs,examples,nodes}/**'],
			flagWords: ['anew', 'shall'],
		},
	],
};
