import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sublimeSearch } from '@n8n/utils/search/sublime-search';
import { MagicHour } from '../../nodes/MagicHour/MagicHour.node.js';
import { operationsOf } from '../description/operations';

/** What people enter in n8n's node panel, with the operations that the node's own panel then lists. */
const namedByProduct: Record<string, string[]> = {
	'face swap': ['imageProject.swapFace', 'videoProject.swapFace'],
	'lip sync': ['videoProject.syncLips'],
	'text to video': ['videoProject.generateFromText'],
	'image to video': ['videoProject.generateFromImage'],
	'talking photo': ['videoProject.generateTalkingPhoto'],
	'video to video': ['videoProject.restyle'],
	'audio to video': ['videoProject.generateFromAudio'],
	'auto subtitle': ['videoProject.addSubtitles'],
	'body swap': ['imageProject.swapBody'],
	'head swap': ['imageProject.swapHead'],
	'text to speech': ['audioProject.generateVoice'],
	headshot: ['imageProject.generateHeadshot'],
	meme: ['imageProject.generateMeme'],
	'qr code': ['imageProject.generateQrCode'],
	gif: ['imageProject.generateGif'],
	animation: ['videoProject.generateAnimation'],
};
const others = [
	'character replace',
	'clothes changer',
	'colorizer',
	'upscaler',
	'background remover',
	'voice cloner',
	'image generator',
	'video editor',
	'ai image',
	'ai video',
	'ai voice',
	'captions',
	'face detection',
	'music generator',
	'magic hour',
	'magichour',
];

const { description } = new MagicHour();
const codex = JSON.parse(
	readFileSync(join(__dirname, '../../nodes/MagicHour/MagicHour.node.json'), 'utf8'),
);

describe("n8n's node panel", () => {
	const nodes = [{ properties: { displayName: description.displayName, codex } }];

	it.each([...Object.keys(namedByProduct), ...others])('finds the node by "%s"', (query) => {
		expect(sublimeSearch(query, nodes)).toHaveLength(1);
	});

	it.each(['spreadsheet', 'slack', 'postgres'])('does not find the node by "%s"', (query) => {
		expect(sublimeSearch(query, nodes)).toEqual([]);
	});
});

describe("the node's own panel", () => {
	const actions = operationsOf(description).map(({ place, option: { action } }) => ({
		key: place.join('.'),
		properties: { displayName: action },
	}));

	it.each(Object.entries(namedByProduct))('lists for "%s" %j', (query, expected) => {
		const found = sublimeSearch(query, actions).map(({ item }) => item.key);
		// "Head swap photo" has the letters of "headshot", too.
		expect(found.slice(0, 2)).toEqual(expect.arrayContaining(expected));
	});
});
