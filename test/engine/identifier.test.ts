import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { deleteImageProjects, requestLines, withIds } from './magicHour';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();

const library = 'https://magichour.ai/my-library';

describe('the ID of an image project', () => {
	it.each<[string, unknown, string]>([
		['an ID', 'cm6pvghix03bvyz0zwash6noj', 'cm6pvghix03bvyz0zwash6noj'],
		['a number', 42, '42'],
		['white space around it', ' \t\r\n abc \n', 'abc'],
		['a library link', `${library}?imageId=abc`, 'abc'],
		['a library link with more in it', `${library}/?tab=images&imageId=abc#top`, 'abc'],
		['a library link on www', 'https://www.magichour.ai/my-library?imageId=abc', 'abc'],
		['200 characters', 'x'.repeat(200), 'x'.repeat(200)],
		['three dots', '...', '...'],
		['a space within', 'a b', 'a%20b'],
		['characters of URLs', "a&b=c;d:e@f+g,h!i'j(k)", "a%26b%3Dc%3Bd%3Ae%40f%2Bg%2Ch!i'j(k)"],
		['a dollar sign', "$&$'$`", "%24%26%24'%24%60"],
		['a line of another script', 'żółć', '%C5%BC%C3%B3%C5%82%C4%87'],
	])('may be %s', async (_, given, segment) => {
		sandbox().projects.create({ id: decodeURIComponent(segment) });

		const { json } = await deleteImageProjects(sandbox(), withIds(given));

		expect(requestLines(sandbox())).toEqual([`DELETE /v1/image-projects/${segment}`]);
		expect(json).toEqual([{ id: decodeURIComponent(segment), deleted: true }]);
	});

	it.each<[string, unknown, string]>([
		['empty', '', 'is empty'],
		['white space', ' \n\t ', 'is empty'],
		['missing', undefined, 'is empty'],
		['null', null, 'is empty'],
		['an object', { id: 'abc' }, 'is an object, not an ID'],
		['a list', ['abc'], 'is a list, not an ID'],
		['true', true, 'is the value true, not an ID'],
		['a number with lost digits', 2 ** 60, "is a number that can't be read as an exact ID"],
		['one dot', '.', 'is ".", which is not a valid ID'],
		['two dots', '..', 'is "..", which is not a valid ID'],
		['two dots after trimming', ' .. ', 'is "..", which is not a valid ID'],
		[
			'a slash',
			'../video-projects/abc',
			'contains a character that IDs can\'t have: / \\ ? # % " < > [ ] { or }',
		],
		[
			'a backslash',
			'a\\b',
			'contains a character that IDs can\'t have: / \\ ? # % " < > [ ] { or }',
		],
		[
			'a question mark',
			'a?b',
			'contains a character that IDs can\'t have: / \\ ? # % " < > [ ] { or }',
		],
		['a hash', 'a#b', 'contains a character that IDs can\'t have: / \\ ? # % " < > [ ] { or }'],
		['a line break', 'a\nb', 'contains a line break or another control character'],
		['a null character', 'a\u0000b', 'contains a line break or another control character'],
		['a delete character', 'a\u007fb', 'contains a line break or another control character'],
		[
			'a percent sign',
			'%2e%2e',
			'contains a character that IDs can\'t have: / \\ ? # % " < > [ ] { or }',
		],
		['a line separator', 'a\u2028b', 'contains a line break or another control character'],
		['a paragraph separator', 'a\u2029b', 'contains a line break or another control character'],
		['a zero-width space', 'abc\u200b', 'contains an invisible character'],
		['a zero-width joiner', 'a\u200db', 'contains an invisible character'],
		['a byte order mark within', 'a\ufeffb', 'contains an invisible character'],
		['a soft hyphen', 'a\u00adb', 'contains an invisible character'],
		['a direction mark', 'a\u202eb', 'contains an invisible character'],
		['a direction isolate', 'a\u2066b', 'contains an invisible character'],
		['a variation selector', 'a\ufe0fb', 'contains an invisible character'],
		['a filler', 'a\u3164b', 'contains an invisible character'],
		['a tag', 'a\u{e0041}b', 'contains an invisible character'],
		['a character of private use', 'a\ue000b', 'contains an invisible character'],
		['a space that does not break', 'a\u00a0b', 'contains an invisible character'],
		['a wide space', 'a\u3000b', 'contains an invisible character'],
		['an empty braille pattern', 'a\u2800b', 'contains an invisible character'],
		["a character that couldn't be read", 'a\ufffdb', 'contains a broken character'],
		...[
			'undefined',
			'null',
			'NaN',
			'Infinity',
			'-Infinity',
			'true',
			'false',
			'[object Object]',
			'Symbol(x)',
			'Invalid Date',
			'Invalid DateTime',
		].map<[string, unknown, string]>((word) => [
			`the word ${word}`,
			` ${word} `,
			`is "${word}", which an expression returns when its value is missing or has the wrong type`,
		]),
		[
			'a library link to the word undefined',
			`${library}?imageId=undefined`,
			'is "undefined", which an expression returns when its value is missing or has the wrong type',
		],
		[
			'a library link with a line break',
			`${library}?imageId=ab\nc`,
			'contains a line break or another control character',
		],
		[
			'a library link with a tab in its host',
			'https://magic\thour.ai/my-library?imageId=abc',
			'contains a line break or another control character',
		],
		[
			'a library link with a soft hyphen in its host',
			'https://magic\u00adhour.ai/my-library?imageId=abc',
			'contains an invisible character',
		],
		[
			'a library link with an encoded percent sign',
			`${library}?imageId=%252e`,
			'contains a character that IDs can\'t have: / \\ ? # % " < > [ ] { or }',
		],
		[
			'a library link with an encoded zero-width space',
			`${library}?imageId=abc%E2%80%8B`,
			'contains an invisible character',
		],
		['half a surrogate pair', 'a\ud800b', 'contains a broken character'],
		['201 characters', 'x'.repeat(201), 'is longer than 200 characters'],
		[
			'a link to a video',
			`${library}?videoId=abc`,
			'is the URL of a video project, not of an image project',
		],
		[
			'a link to an audio project',
			`${library}?audioId=abc`,
			'is the URL of an audio project, not of an image project',
		],
		[
			'a link to two projects',
			`${library}?imageId=abc&videoId=def`,
			'is the URL of a video project, not of an image project',
		],
		[
			'a link that names two images',
			`${library}?imageId=abc&imageId=def`,
			"is a library URL that doesn't contain the ID of one image project",
		],
		[
			'a library link without an ID',
			library,
			"is a library URL that doesn't contain the ID of one image project",
		],
		['a library link with an empty ID', `${library}?imageId=`, 'is empty'],
		['a library link to two dots', `${library}?imageId=%2e%2e`, 'is "..", which is not a valid ID'],
		[
			'a library link with a path',
			`${library}?imageId=..%2Fvideo-projects%2Fabc`,
			'contains a character that IDs can\'t have: / \\ ? # % " < > [ ] { or }',
		],
		[
			'a link to elsewhere',
			'https://example.com/my-library?imageId=abc',
			'is a URL, but not a Magic Hour library URL',
		],
	])('is refused before anything is sent when it is %s', async (_, given, reason) => {
		const { error } = await deleteImageProjects(
			sandbox(),
			[{}, {}].map(() => ({ id: given }) as IDataObject),
		);

		expect(error?.message).toBe(`The parameter 'Project ID' ${reason} [item 0]`);
		expect(error?.description).toContain('Enter the ID of one image project, or its library URL.');
		expect(error?.context?.itemIndex).toBe(0);
		expect(requestLines(sandbox())).toEqual([]);
	});

	it('may stand in the parameter itself', async () => {
		sandbox().projects.create({ id: 'fixed' });

		const { json } = await deleteImageProjects(sandbox(), [{}], { id: 'fixed' });

		expect(json).toEqual([{ id: 'fixed', deleted: true }]);
	});

	it('whatever it is, sends nothing or exactly one DELETE of one encoded segment', async () => {
		const text = fc.oneof(
			fc.string({ unit: 'binary', maxLength: 210 }),
			fc.string({ unit: fc.constantFrom('.', '/', '\\', '%', '2', 'e', 'f', '?', '#', ' ', 'a') }),
			fc.webPath(),
			fc.webUrl({ withQueryParameters: true, withFragments: true }),
			fc.string().map((id) => `${library}?imageId=${id}`),
			fc.string().map((imageId) => `${library}?${new URLSearchParams({ imageId })}`),
			fc.constantFrom(
				...['%2e%2e', '%2E', '..%2f', '.%00.', '..;', '....', '‥', '．．', 'constructor'],
			),
			fc.constantFrom('undefined', 'NaN', '[object Object]', 'abc\u200b', 'a\u2028b'),
		);
		const anything = fc.oneof({ weight: 8, arbitrary: text }, fc.double(), fc.anything());

		await fc.assert(
			fc.asyncProperty(anything, async (given) => {
				sandbox().reset();
				const { json } = await deleteImageProjects(sandbox(), withIds(given), {
					onError: 'continueRegularOutput',
				});

				expect(json).toHaveLength(1);
				const lines = requestLines(sandbox());
				expect(lines.length).toBeLessThanOrEqual(1);
				for (const line of lines) {
					const [, segment = ''] = /^DELETE \/v1\/image-projects\/([^/?#\\]+)$/.exec(line) ?? [];
					const id = decodeURIComponent(segment);
					expect(encodeURIComponent(id)).toBe(segment);
					expect(['', '.', '..', 'undefined', 'null', 'NaN']).not.toContain(id);
					expect(id).not.toMatch(/[%\p{C}\p{Zl}\p{Zp}]/u);
					expect([String(given).trim(), imageIdOf(given)]).toContain(id);
				}
			}),
			{ numRuns: 400 },
		);
	}, 120_000);
});

function imageIdOf(given: unknown): string | undefined {
	const link = String(given).trim();
	if (!URL.canParse(link)) return undefined;
	return new URL(link).searchParams.get('imageId')?.trim();
}
