import fc from 'fast-check';
import MagicHourClient from 'magic-hour';
import { isDeepStrictEqual } from 'node:util';
import { MagicHour } from '../../../nodes/MagicHour/MagicHour.node.js';
import { generators } from '../../sandbox/schemas';
import type { Body } from '../../sandbox/schemas/rules';
import { useSandbox } from '../useSandbox';
import { bodies, maximalBody, minimalBody } from './bodies';
import { withDetectedFaces } from './faces';
import { parametersFor, withDefaults } from './parameters';
import { placeFor, send, whatMatters } from './send';

type Create = (body: Body) => Promise<{ id: string; creditsCharged: number }>;

/** What the SDK can send of the bodies that the API takes today. */
type Ability = 'all' | 'some' | 'none';

/** The operations that the SDK lacks, or knows in an older form: a newer SDK shortens the list. */
const limitedAbilities: Record<string, Ability> = {
	'/v1/ai-clothes-changer': 'some',
	'/v1/ai-image-editor': 'some',
	'/v1/ai-image-generator': 'none',
	'/v1/ai-image-upscaler': 'none',
	'/v1/ai-meme-generator': 'some',
	'/v1/ai-music-generator': 'none',
	'/v1/ai-talking-photo': 'some',
	'/v1/ai-ugc-ad': 'none',
	'/v1/ai-video-editor': 'none',
	'/v1/ai-video-translator': 'none',
	'/v1/ai-video-upscaler': 'none',
	'/v1/ai-voice-cloner': 'none',
	'/v1/ai-voice-generator': 'some',
	'/v1/audio-to-video': 'none',
	'/v1/body-swap': 'none',
	'/v1/character-replace': 'none',
	'/v1/head-swap': 'none',
	'/v1/image-to-video': 'some',
	'/v1/text-to-video': 'none',
	'/v1/video-to-video': 'some',
};

/** How many bodies are compared of each operation. */
const maxCompared = 10;

const sandbox = useSandbox();
const { description } = new MagicHour();

beforeEach(() => (sandbox().credits = Number.MAX_SAFE_INTEGER));

/** @returns how the SDK makes such a project; undefined where it cannot */
function createOf(path: string): Create | undefined {
	const { v1 } = new MagicHourClient({ baseUrl: sandbox().url, token: sandbox().apiKey });
	const clients = v1 as unknown as Record<string, { create: Create } | undefined>;
	const client = clients[camelCased(path.replace('/v1/', '').replaceAll('-', '_'))];
	return client === undefined ? undefined : async (body) => await client.create(body);
}

/** @returns the value with its keys as the SDK has them */
function inCamelCase(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(inCamelCase);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, part]) => [camelCased(key), inCamelCase(part)]),
	);
}

/** @returns what arrives of a body */
function asSent(body: Body): unknown {
	return JSON.parse(JSON.stringify(body));
}

function camelCased(name: string): string {
	return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** @returns the SDK's request, with which the sandbox was content; undefined where the SDK sends another body */
async function sendBySdk(path: string, body: Body) {
	sandbox().requests.length = 0;
	const answer = await createOf(path)?.(inCamelCase(body) as Body).catch(() => undefined);
	const request = sandbox().requests.map(whatMatters).at(0);
	const isUnchanged = answer?.id !== undefined && isDeepStrictEqual(request?.body, asSent(body));
	return isUnchanged ? request : undefined;
}

function someBodies(path: string, count: number): Body[] {
	const files = withDetectedFaces(sandbox());
	const some = fc.sample(bodies(path, files), { seed: 11, numRuns: count });
	return [minimalBody(path, files), maximalBody(path, files), ...some];
}

describe.each(Object.keys(generators))('the official SDK, for %s,', (path) => {
	const ability = limitedAbilities[path] ?? 'all';

	it(`can send ${ability} of the bodies that the API takes today`, async () => {
		const wanted = someBodies(path, 30);
		let sent = 0;
		for (const body of wanted) if ((await sendBySdk(path, body)) !== undefined) sent++;
		const found: Ability = sent === wanted.length ? 'all' : sent === 0 ? 'none' : 'some';

		expect(found).toBe(ability);
	});

	if (ability === 'none') return;

	it('sends the same request as the node', async () => {
		let compared = 0;
		for (const body of someBodies(path, 30)) {
			if (compared === maxCompared) break;
			const parameters = parametersFor(description, placeFor(description, path), body);
			const bySdk = await sendBySdk(path, withDefaults(description, parameters, body));
			if (bySdk === undefined) continue;
			const byNode = await send(sandbox(), parameters);

			expect(byNode).toMatchObject({ error: undefined, requests: [bySdk] });
			compared++;
		}
		expect(compared).toBeGreaterThan(0);
	});
});
