import type { IDataObject } from 'n8n-workflow';
import type { Charge } from '../sandbox/projects';
import type { LoggedRequest } from '../sandbox/sandbox';
import { generators } from '../sandbox/schemas';
import type { NodeResult } from './magicHour';

/** A run of the node with a limit of credits, of which the sandbox has recorded everything. */
export interface BudgetRun {
	result: NodeResult;
	requests: LoggedRequest[];
	/** What the account was charged, in order. */
	ledger: Charge[];
	/** The name of each item's project, by the item's index. */
	names: string[];
	/** The place in the log at which each try of the node began. */
	tries: number[];
	maxCredits?: number;
	minCredits?: number;
	/** What the account had before the run. */
	credits: number;
	/** The names of the projects whose requests, where they have no answer, have surely not arrived. */
	refusedConnections: Set<string>;
}

/** A request to create a project, and what the node could learn from its answer. */
interface Creation {
	request: LoggedRequest;
	name: string;
	/** What the project was charged, where the answer has told so. */
	told?: { id: string; credits: number };
	/** Whether the node cannot know what was charged. */
	isUnclear: boolean;
	/** What the account was charged, in truth. */
	charge?: Charge;
}

/** What the node could know at some moment of the run. */
interface Knowledge {
	used: number;
	highest?: number;
	/** What the account had when it was read last, less what the try has been charged since. */
	available?: number;
	/** The indexes of items of which nobody knows what they were charged. */
	unclear: number[];
}

const limitReached = 'Credit limit reached: ';
const runLimit =
	/^Credit limit reached: (\d+) of (\d+) credits used(?:, and the next project may cost (\d+) \(the highest charge so far\))?(?:, and what item (\d+) was charged isn't known)?(?: \[item \d+\])?$/;
const accountLimit =
	/^Credit limit reached: the account has (-?\d+) credits?,(?: and)? 'Min Credits to Keep' is (\d+)(?:, and the next project may cost (\d+) \(the highest charge so far\))?(?:, and what item (\d+) was charged isn't known)?(?: \[item \d+\])?$/;
const unknownOutcome = /may or may not have been created/;

/**
 * Compares what the node has sent, and what it says of each item, with the limits and the ledger.
 *
 * @returns every discrepancy, as text
 */
export function findBudgetDiscrepancies(run: BudgetRun): string[] {
	const creations = creationsOf(run);
	return [
		...checkOrder(run, creations),
		...checkLimits(run, creations),
		...checkAccount(run),
		...checkClaims(run, creations),
		...checkRefusals(run, creations),
	];
}

/** @returns how many credits a run may charge at most; what comes over it is one project's difference */
export function roomOf({ maxCredits = Infinity, minCredits, credits }: BudgetRun): number {
	return Math.min(maxCredits, minCredits === undefined ? Infinity : credits - minCredits);
}

function creationsOf({ requests, ledger, refusedConnections }: BudgetRun): Creation[] {
	const creations = requests.filter(isCreation).map((request): Creation => {
		const { name } = request.body as { name: string };
		const { status = 0, answer } = request;
		const { id, credits_charged: credits } = parse(status === 200 ? answer : undefined);
		const told =
			typeof id === 'string' && typeof credits === 'number' ? { id, credits } : undefined;
		const hasArrived = status !== 0 || !refusedConnections.has(name);
		const isUnclear = told === undefined && hasArrived && (status < 300 || status >= 500);
		return { request, name, told, isUnclear };
	});
	const toldIds = new Set(creations.map(({ told }) => told?.id));
	return creations.map((creation) => ({
		...creation,
		charge: ledger.find(({ id, name }) =>
			creation.told === undefined
				? creation.isUnclear && name === creation.name && !toldIds.has(id)
				: id === creation.told.id,
		),
	}));
}

/** Until a price is known, one item goes alone; later the creations alone do. */
function checkOrder({ requests }: BudgetRun, creations: Creation[]): string[] {
	const found: string[] = [];
	const priceKnownAt = Math.min(
		...creations.map(({ told, request: { end } }) => (told && end) ?? Infinity),
	);
	for (const { request } of creations) {
		const others = creations.filter((one) => isUnderWay(one.request, request));
		if (others.length > 0) found.push(`${lineOf(request)} overlaps with another creation`);
	}
	let uploaded = 0;
	for (const request of requests.filter(isForItem)) {
		if (request.arrival > priceKnownAt) break;
		const others = requests.filter((one) => isForItem(one) && isUnderWay(one, request));
		if (others.length > 0) found.push(`${lineOf(request)} does not go alone, with no price known`);
		if (isCreation(request)) uploaded = 0;
		else if (request.method === 'PUT' && request.status === 200) uploaded++;
		if (uploaded > 1) found.push(`${lineOf(request)} is for a second item, with no price known`);
	}
	return found;
}

/** Before each creation, the most expensive one so far must fit; after each, at most that one is over. */
function checkLimits(run: BudgetRun, creations: Creation[]): string[] {
	const { maxCredits, tries } = run;
	const room = roomOf(run);
	const found: string[] = [];
	let highest: number | undefined;
	let unclear: Creation | undefined;
	const charged: Charge[] = [];
	for (const creation of creations) {
		const { request, told, isUnclear, charge } = creation;
		const line = lineOf(request);
		const before = netOf(charged, request.arrivedAt);
		if (highest === undefined ? room <= 0 : before + highest > room) {
			found.push(
				`${line} is sent with ${before} of ${room} used, and ${highest} the highest charge`,
			);
		}
		const counts =
			unclear !== undefined &&
			(maxCredits !== undefined ||
				tryOf(unclear.request, run, tries) === tryOf(request, run, tries));
		if (counts) found.push(`${line} is sent after "${unclear?.name}", whose charge is unclear`);
		if (charge !== undefined) {
			charged.push(charge);
			const over = before + charge.credits - room;
			if (highest !== undefined && over > Math.max(0, charge.credits - highest)) {
				found.push(`${line} takes the sum ${over} above ${room}, and costs ${charge.credits}`);
			}
		}
		if (told !== undefined) highest = Math.max(highest ?? 0, told.credits);
		if (isUnclear) unclear = creation;
	}
	const unasked = run.ledger.filter((charge) => !charged.includes(charge));
	for (const { name } of unasked) found.push(`"${name}" is charged, and no request tells why`);
	return found;
}

/** The account is read once a try, before anything is sent for an item, and only if it must be. */
function checkAccount({ requests, tries, minCredits }: BudgetRun): string[] {
	return tries.flatMap((start, index) => {
		const ofTry = requests.slice(start, tries[index + 1]);
		const reads = ofTry.filter(isAccountRead);
		const sent = ofTry.filter(isForItem);
		const name = `try ${index}`;
		if (minCredits === undefined) {
			return reads.length > 0 ? [`${name} reads the account, with no minimum set`] : [];
		}
		const answered = reads.filter(({ status }) => status === 200);
		const [first] = sent;
		const found: string[] = [];
		if (answered.length > 1) found.push(`${name} reads the account ${answered.length} times`);
		if (first !== undefined && answered.length === 0) {
			found.push(`${name} sends ${lineOf(first)} without having read the account`);
		}
		const isLate = first !== undefined && reads.some(({ arrival }) => arrival > first.arrival);
		if (isLate) found.push(`${name} reads the account after its first request`);
		if (index === 0 && reads.length === 0) found.push('the account is not read');
		return found;
	});
}

/** What the node says of each item, and what it lists after an error, is what the ledger has. */
function checkClaims(run: BudgetRun, creations: Creation[]): string[] {
	const { result, ledger, names } = run;
	const found: string[] = [];
	const claimed = new Map<string, number>();
	const reported = new Set<number>();
	for (const { index, claim, error } of claimsOf(result)) {
		if (reported.has(index)) found.push(`item ${index} is reported twice`);
		reported.add(index);
		if (claim === undefined) continue;
		claimed.set(claim.id, index);
		const charge = ledger.find(({ id, name }) => id === claim.id && name === names[index]);
		// A project may have failed since it was looked at.
		const isRefundTold = / failed: /.test(error ?? '');
		const truths = isRefundTold ? [0] : [charge?.credits, charge?.refundedAt && 0];
		if (typeof claim.credits !== 'number' || !truths.includes(claim.credits)) {
			found.push(`item ${index} claims ${JSON.stringify(claim)}, of ${JSON.stringify(charge)}`);
		}
	}
	const { error } = result;
	if (error === undefined && reported.size !== names.length) {
		found.push(`${reported.size} of ${names.length} items are reported`);
	}
	const [, list = ''] = /Created: (.*?)\. /.exec(`${error?.description ?? ''} `) ?? [];
	const listed = list.split(', ');
	for (const { id, name } of ledger) {
		if (claimed.has(id) || listed.includes(id)) continue;
		const index = names.indexOf(name);
		const isUnclear = creations.some((one) => one.isUnclear && one.name === name);
		if (isUnclear && saysUnknown(result, index)) continue;
		found.push(
			`${id} of item ${index} is charged, and not claimed: ${textsOf(result, index).join(' | ')}`,
		);
	}
	for (const id of listed.filter((one) => one !== '')) {
		if (!ledger.some((charge) => charge.id === id))
			found.push(`${id} is listed, and does not exist`);
	}
	return found;
}

/** An item that was refused has no project, and its message is true. */
function checkRefusals(run: BudgetRun, creations: Creation[]): string[] {
	const { result, names, ledger, requests, tries } = run;
	const lastTry = requests[tries.at(-1) ?? 0]?.arrival ?? Infinity;
	const known = knowledgeOf(run, creations, lastTry);
	const found: string[] = [];
	for (const [index, name] of names.entries()) {
		const text = textsOf(result, index).find((one) => one.startsWith(limitReached));
		if (text === undefined) continue;
		if (ledger.some((charge) => charge.name === name)) {
			found.push(`item ${index} is refused, and has a project: ${text}`);
		}
		if (creations.some((one) => one.name === name && one.request.arrival >= lastTry)) {
			found.push(`item ${index} is refused, and was requested: ${text}`);
		}
		if (!known.some((one) => isTrue(text, one, run))) {
			found.push(`item ${index} says "${text}", and there was only ${JSON.stringify(known)}`);
		}
	}
	return found;
}

/** @returns what the node could know at each moment of the last try, the first one included */
function knowledgeOf(run: BudgetRun, creations: Creation[], lastTry: number): Knowledge[] {
	const { requests, names } = run;
	const states: Knowledge[] = [];
	const known = new Map<string, { credits: number; isOfLastTry: boolean }>();
	let account: number | undefined;
	let highest: number | undefined;
	const unclear: number[] = [];
	const ended = requests
		.filter(({ end }) => end !== undefined)
		.sort((one, other) => (one.end ?? 0) - (other.end ?? 0));
	const keep = (): void => {
		const charges = [...known.values()];
		const sum = (all: typeof charges) => all.reduce((total, { credits }) => total + credits, 0);
		states.push({
			used: sum(charges),
			highest,
			available: account && account - sum(charges.filter(({ isOfLastTry }) => isOfLastTry)),
			unclear: [...unclear],
		});
	};
	for (const request of ended) {
		const isOfLastTry = request.arrival >= lastTry;
		if (isOfLastTry && states.length === 0) keep();
		const creation = creations.find((one) => one.request === request);
		const { id, credits, credits_charged: charged } = parse(request.answer);
		if (creation?.told !== undefined) {
			known.set(creation.told.id, { credits: creation.told.credits, isOfLastTry });
			highest = Math.max(highest ?? 0, creation.told.credits);
		} else if (creation?.isUnclear === true) {
			unclear.push(names.indexOf(creation.name));
		} else if (isAccountRead(request) && isOfLastTry && typeof credits === 'number') {
			account = credits;
		} else if (typeof id === 'string' && typeof charged === 'number') {
			known.set(id, { credits: charged, isOfLastTry: known.get(id)?.isOfLastTry ?? false });
		}
		if (isOfLastTry) keep();
	}
	if (states.length === 0) keep();
	return states;
}

function isTrue(
	text: string,
	{ used, highest, available = 0, unclear }: Knowledge,
	{ maxCredits, minCredits }: BudgetRun,
): boolean {
	const reasonHolds = (price: string | undefined, item: string | undefined, left: number) => {
		if (item !== undefined) return unclear.includes(Number(item));
		if (price === undefined) return highest === undefined && left <= 0;
		return Number(price) === highest && highest > left;
	};
	const [, usedText, limitText, price, item] = runLimit.exec(text) ?? [];
	if (usedText !== undefined) {
		const isRight = Number(usedText) === used && Number(limitText) === maxCredits;
		return isRight && reasonHolds(price, item, (maxCredits ?? 0) - used);
	}
	const [, creditsText, minText, nextPrice, unclearItem] = accountLimit.exec(text) ?? [];
	const isRight = Number(creditsText) === available && Number(minText) === minCredits;
	return isRight && reasonHolds(nextPrice, unclearItem, available - (minCredits ?? 0));
}

interface Claim {
	index: number;
	claim?: { id: string; credits: unknown };
	error?: string;
}

function claimsOf({ items, errorItems }: NodeResult): Claim[] {
	return [...items, ...errorItems].map(({ json, pairedItem }) => {
		const { id, credits_charged: credits } =
			(json.magicHour as IDataObject | null | undefined) ?? json;
		const { item: index } = Object(pairedItem) as { item: number };
		return {
			index,
			claim: typeof id === 'string' ? { id, credits } : undefined,
			error: typeof json.error === 'string' ? json.error : undefined,
		};
	});
}

/** @returns what the node says of an item that failed */
function textsOf(result: NodeResult, index: number): string[] {
	const { error } = result;
	const ofError = error?.message.endsWith(`[item ${index}]`) === true ? [error.message] : [];
	const ofItems = claimsOf(result).filter((one) => one.index === index);
	return [...ofError, ...ofItems.map((one) => one.error ?? '')];
}

/** Whether the node says that an item may have been charged, of the item itself or of one that stopped. */
function saysUnknown(result: NodeResult, index: number): boolean {
	const { message = '', description = '' } = result.error ?? {};
	const [, unanswered = ''] =
		/There was no usable response for (.*?), so a new/.exec(description ?? '') ?? [];
	return (
		textsOf(result, index).some((text) => unknownOutcome.test(text)) ||
		unanswered.split(', ').includes(`item ${index}`) ||
		message.includes(`what item ${index} was charged isn't known`)
	);
}

function netOf(charges: Charge[], time: number): number {
	return charges
		.filter(({ refundedAt = Infinity }) => refundedAt > time)
		.reduce((sum, { credits }) => sum + credits, 0);
}

function tryOf(request: LoggedRequest, { requests }: BudgetRun, tries: number[]): number {
	const place = requests.indexOf(request);
	return tries.findLastIndex((start) => start <= place);
}

/** Whether a request was under way when another one arrived. */
function isUnderWay(request: LoggedRequest, other: LoggedRequest): boolean {
	return request.arrival < other.arrival && (request.end ?? Infinity) > other.arrival;
}

function isCreation({ method, url }: LoggedRequest): boolean {
	return method === 'POST' && url in generators;
}

/** Whether a request creates a project, or is a part of an upload for one. */
function isForItem({ method }: LoggedRequest): boolean {
	return method !== 'GET';
}

function isAccountRead({ url }: LoggedRequest): boolean {
	return url === '/v1/account';
}

function lineOf({ method, url, body }: LoggedRequest): string {
	const { name = '' } = Object(body) as { name?: string };
	return `${method} ${url} ${name}`.trim();
}

function parse(answer: string | undefined): IDataObject {
	try {
		return Object(JSON.parse(answer ?? 'null')) as IDataObject;
	} catch {
		return {};
	}
}
