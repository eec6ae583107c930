import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { MagicHourApi } from '../../credentials/MagicHourApi.credentials';
import { MagicHour } from '../../nodes/MagicHour/MagicHour.node.js';
import { MagicHourTrigger } from '../../nodes/MagicHour/MagicHourTrigger.node.js';
import { operationsOf } from '../description/operations';

/** A text that a user reads in a panel, with where it stands. */
interface Text {
	place: string;
	text: string;
}

type Entry = INodeProperties | INodePropertyOptions | INodePropertyCollection;

const mostWords = 25;
/** How the words of a panel are not said here. */
const banned = [
	/\bshall\b/i,
	/\banew\b/i,
	/\bfor ever\b/i,
	/\ba text\b(?! prompt)/i,
	/\bby itself\b/i,
	/\bsee to it\b/i,
	/\bin words\b/i,
	/\bjobs?\b/i,
	/\bfinish(ed|es)?\b/i,
	/\b(make|makes|made|making)\b/i,
	/\b(give|gives|given)\b(?! limit)/i,
	/\b(switch|switched) o(n|ff)\b/i,
	/\brefuse[sd]?\b/i,
	/\baddress(es)?\b/i,
	/\blonger edge\b/i,
	/\bnot every\b.*\ball of them\b/i,
	/\b(anybody|somebody)\b/i,
	/\bat most\b/i,
	/\bmaximum wait\b/i,
	// Without a serial comma.
	/, (?!and|or|but|with)[\w-]+ (and|or) [\w-]+/,
];
const units: Array<[words: RegExp, unit: RegExp]> = [
	[/\bpixels?\b/i, /pixels/i],
	[/\bmegabytes?\b|\bMB\b/i, /\(MB\)/],
	[/\bseconds?\b/i, /\(Seconds\)/],
];
const smallWords = /^(a|an|and|as|at|by|for|from|if|in|into|is|of|on|only|or|per|the|to|vs|with)$/;

const node = new MagicHour().description;
const trigger = new MagicHourTrigger().description;
const credential = new MagicHourApi();
const fields = [
	...fieldsIn(node.properties, 'node'),
	...fieldsIn(trigger.properties, 'trigger'),
	...fieldsIn(credential.properties, 'credential'),
];
const choices = fields.flatMap(({ place, field }) =>
	(field.options ?? []).flatMap((choice) =>
		'value' in choice ? [{ place: `${place} → ${choice.name}`, choice }] : [],
	),
);
const isNotice = ({ field }: { field: INodeProperties }) => field.type === 'notice';
const inputs = fields.filter((one) => !isNotice(one));
const notices = fields
	.filter(isNotice)
	.map(({ place, field }) => ({ place, text: field.displayName }));
const { header, executionsHelp, activationHint } = objectOf(trigger.triggerPanel);
const descriptions: Text[] = [
	...inputs.flatMap(({ place, field: { description, hint } }) => [
		...textsOf(place, description),
		...textsOf(`${place} (hint)`, hint),
	]),
	...choices.flatMap(({ place, choice }) => textsOf(place, choice.description)),
	...notices,
	...textsOf('node', node.description),
	...textsOf('trigger', trigger.description),
	...textsOf('trigger (activation)', trigger.activationMessage),
	...textsOf('trigger (waiting)', trigger.eventTriggerDescription),
	...Object.values({ header, activationHint, ...objectOf(executionsHelp) }).flatMap((text) =>
		textsOf('trigger panel', text),
	),
];
const operations = operationsOf(node);
const everything: Text[] = [
	...descriptions,
	...inputs.map(({ place, field }) => ({ place, text: field.displayName })),
	...operations.flatMap(({ place, option }) => textsOf(place.join('.'), option.action)),
];

/** @returns all fields, those of collections included */
function fieldsIn(
	properties: Entry[],
	parent: string,
): Array<{ place: string; field: INodeProperties }> {
	return properties.flatMap((entry) => {
		const label = 'displayName' in entry ? entry.displayName : entry.name;
		const place = `${parent} → ${label}`;
		if ('values' in entry) return fieldsIn(entry.values, place);
		if (!('type' in entry)) return [];
		const { type, options = [] } = entry;
		const isCollection = type === 'collection' || type === 'fixedCollection';
		return [{ place, field: entry }, ...(isCollection ? fieldsIn(options, place) : [])];
	});
}

function textsOf(place: string, text: unknown): Text[] {
	return typeof text === 'string' && text !== '' ? [{ place, text }] : [];
}

function objectOf<Value extends object>(value: Value | string | boolean | undefined): Value {
	if (typeof value !== 'object') throw new Error('Missing');
	return value;
}

function withoutTags(text: string): string {
	return text.replace(/<br ?\/?>/g, ' ').replace(/<[^>]+>/g, '');
}

function sentencesOf(text: string): string[] {
	return withoutTags(text).split(/(?<=[.:!?])\s+/);
}

function lettersOf(text: string): string {
	return text.toLowerCase().replace(/\b(the|a|an|your)\b|[^a-z]/g, '');
}

/** @returns what breaks a rule, so that a failure lists all of it */
function thatBreak<One extends object>(all: One[], breaks: (one: One) => boolean): One[] {
	expect(all.length).toBeGreaterThan(0);
	return all.filter(breaks);
}

describe('the texts of the panels', () => {
	it('use no word that has a better one', () => {
		const found = everything.flatMap(({ place, text }) =>
			banned.flatMap((pattern) => {
				const [words] = pattern.exec(withoutTags(text)) ?? [];
				return words === undefined ? [] : [`${place}: "${words}" in "${text}"`];
			}),
		);
		expect(found).toEqual([]);
	});

	it('have short sentences', () => {
		const sentences = descriptions.flatMap(({ place, text }) =>
			sentencesOf(text).map((sentence) => ({ place, sentence })),
		);
		expect(
			thatBreak(sentences, ({ sentence }) => sentence.split(/\s+/).length > mostWords),
		).toEqual([]);
	});

	it('end with a period where they are several sentences, and only there', () => {
		const panels = descriptions.filter(({ place }) => !/^trigger( panel| \()/.test(place));
		expect(
			thatBreak(panels, ({ text }) => {
				const isSeveral = /[.!?] [A-Z\d']/.test(withoutTags(text));
				return isSeveral !== text.endsWith('.');
			}),
		).toEqual([]);
	});

	it('open links in a tab of their own', () => {
		const links = descriptions.flatMap(({ place, text }) =>
			(text.match(/<a [^>]*href[^>]*>/g) ?? []).map((link) => ({ place, link })),
		);
		expect(thatBreak(links, ({ link }) => !link.includes('target="_blank"'))).toEqual([]);
	});

	it('name fields and choices in Title Case', () => {
		const labels = inputs.map(({ field }) => field.displayName);
		const isTitle = (label: string) =>
			label
				.split(' ')
				.every((word, index) => /^[^a-z]/.test(word) || (index > 0 && smallWords.test(word)));
		expect(labels.filter((label) => !isTitle(label))).toEqual([]);
	});

	it('do not only repeat their label', () => {
		const labeled = [
			...inputs.map(({ place, field }) => ({
				place,
				label: field.displayName,
				text: field.description,
			})),
			...choices.map(({ place, choice }) => ({
				place,
				label: choice.name,
				text: choice.description,
			})),
		];
		expect(
			thatBreak(
				labeled,
				({ label, text }) => text !== undefined && lettersOf(text) === lettersOf(label),
			),
		).toEqual([]);
	});
});

describe('the fields of the panels', () => {
	it('ask yes or no with "Whether"', () => {
		const booleans = inputs.filter(({ field }) => field.type === 'boolean');
		expect(
			thatBreak(booleans, ({ field }) => !/^Whether to /.test(field.description ?? '')),
		).toEqual([]);
	});

	it('have placeholders that are examples, or say what to add', () => {
		const filled = inputs.filter(({ field }) => field.placeholder !== undefined);
		expect(
			thatBreak(filled, ({ field: { type, placeholder = '' } }) =>
				/collection/i.test(type)
					? !/^Add [A-Z]/.test(placeholder)
					: !/^e\.g\. \S/.test(placeholder),
			),
		).toEqual([]);
	});

	it('have an example wherever a file is taken', () => {
		const files = inputs.filter(({ field }) => 'fileKinds' in (field.typeOptions ?? {}));
		expect(files.length).toBeGreaterThan(15);
		expect(files.filter(({ field }) => field.placeholder === undefined)).toEqual([]);
	});

	it('name the unit of a number in its label', () => {
		const numbers = inputs.filter(({ field }) => field.type === 'number');
		expect(
			thatBreak(numbers, ({ field: { name, displayName, description = '' } }) =>
				units.some(
					([words, unit]) =>
						(words.test(description) || words.test(name)) && !unit.test(displayName),
				),
			).map(({ place }) => place),
		).toEqual([]);
	});
});

describe('the operations', () => {
	it('each have an action of their own in sentence case, and a description', () => {
		const actions = operations.map(({ option }) => option.action ?? '');
		expect(new Set(actions).size).toBe(operations.length);
		expect(
			actions.filter((action) => !/^[A-Z][a-z]*( [a-z]+| GIF| QR| UGC)+$/.test(action)),
		).toEqual([]);
		expect(operations.filter(({ option }) => (option.description ?? '') === '')).toEqual([]);
	});
});
