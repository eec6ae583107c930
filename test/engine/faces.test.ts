import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { requestLines, runMagicHour, toItems, type NodeSettings } from './magicHour';
import { useVirtualTime } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();
const picture = 'https://example.com/group.jpg';

async function detect(
	file: string,
	{ parameters, ...settings }: NodeSettings = {},
	items: INodeExecutionData[] = [{ json: {} }],
) {
	return await runMagicHour(sandbox(), 'file', 'detectFaces', items, {
		...settings,
		parameters: { file, ...parameters },
	});
}

function withPicture(
	fileName = 'group.png',
	mimeType = 'image/png',
	content = 'a picture',
): INodeExecutionData {
	const data = Buffer.from(content).toString('base64');
	return { json: {}, binary: { data: { data, fileName, mimeType } } };
}

function bodies(): unknown[] {
	return sandbox()
		.requests.filter(({ url, method }) => url === '/v1/face-detection' && method === 'POST')
		.map(({ body }) => body);
}

describe('File → Detect Faces', () => {
	it('waits, and gives all faces as one item', async () => {
		sandbox().faces.count = 3;
		const { json, items } = await detect(picture);

		expect(json).toEqual([
			{
				id: expect.any(String),
				credits_charged: 0,
				status: 'complete',
				faces: Array.from({ length: 3 }, (_, index) => ({
					path: expect.stringMatching(new RegExp(`^api-assets/.*/${index}-0\\.png$`)),
					url: expect.any(String),
				})),
			},
		]);
		expect(items[0]?.pairedItem).toEqual({ item: 0 });
		expect(bodies()).toEqual([{ assets: { target_file_path: picture } }]);
	});

	it.each(['detectionId', 'face detection ID only'])(
		'starts a detection, and gives its ID at once: %s',
		async (output) => {
			const { json, items } = await detect(picture, { parameters: { output } });

			expect(json).toEqual([{ id: expect.any(String), credits_charged: 0 }]);
			expect(items[0]?.pairedItem).toEqual({ item: 0 });
			expect(requestLines(sandbox())).toEqual(['POST /v1/face-detection']);
		},
	);

	it('refuses an output that there is not, before anything is sent', async () => {
		const { error } = await detect(picture, { parameters: { output: 'job' } });

		expect(error?.message).toBe(
			'The parameter \'Output\' is "job", which is not one of its options [item 0]',
		);
		expect(requestLines(sandbox())).toEqual([]);
	});

	it('sends the confidence score', async () => {
		await detect(picture, { options: { confidenceScore: 0.85 } });

		expect(bodies()).toEqual([{ confidence_score: 0.85, assets: { target_file_path: picture } }]);
	});

	it('uploads a binary field first, once for all items that have the same file', async () => {
		const item = withPicture();
		const { json } = await detect('data', {}, [
			item,
			item,
			withPicture('other.png', 'image/png', 'another picture'),
		]);

		expect(json).toHaveLength(3);
		const paths = [...sandbox().storage.uploads.keys()];
		expect(paths).toHaveLength(2);
		expect(bodies()).toEqual(
			expect.arrayContaining(paths.map((path) => ({ assets: { target_file_path: path } }))),
		);
	});

	it('takes the path of an earlier upload', async () => {
		const { json } = await runMagicHour(sandbox(), 'file', 'upload', [withPicture()], {
			parameters: { inputDataFieldName: 'data' },
		});
		await detect(String(json[0]?.filePath));

		expect(bodies()).toEqual([{ assets: { target_file_path: json[0]?.filePath } }]);
	});

	it('hands a library URL on as it is', async () => {
		const id = sandbox().projects.create({ kind: 'video', isFinished: true });
		const url = `https://magichour.ai/my-library?videoId=${id}`;
		await detect(url);

		expect(requestLines(sandbox())[0]).toBe('POST /v1/face-detection');
		expect(bodies()).toEqual([{ assets: { target_file_path: url } }]);
	});

	it.each([
		['={{ "" }}', 'is empty'],
		['data', 'is "data", which is not a URL, a path, or a binary field (the item has none)'],
		['/home/me/group.png', "is a local file path, which Magic Hour can't access"],
		['C:\\group.png', "is a local file path, which Magic Hour can't access"],
		[
			'https://magichour.ai/my-library?audioId=x',
			'is the URL of an audio project, which is not supported here',
		],
		[
			'https://magichour.ai/my-library',
			"is a library URL that doesn't contain the ID of one project",
		],
		['https://magichour.ai/my-library?imageId=..', 'is "..", which is not a valid ID'],
		[
			'https://magichour.ai/my-library?imageId=undefined',
			'is "undefined", which an expression returns when its value is missing or has the wrong type',
		],
		[
			'https://magichour.ai/my-library?imageId=a\nb',
			'contains a line break or another control character',
		],
		['https://magic\thour.ai/a.png', 'contains a line break or another control character'],
		['https://example.com/a\u2028.png', 'contains a line break or another control character'],
		['https://example.com/a\u200b.png', 'contains an invisible character'],
		['https://example.com/a\u202egnp.exe', 'contains an invisible character'],
		['https://magichour.ai\u00ad/my-library?imageId=a', 'contains an invisible character'],
		['api-assets/a\ufeff/0.png', 'contains an invisible character'],
		['https://example.com/\ufffd.png', 'contains a broken character'],
	])('refuses "%s"', async (file, words) => {
		const { error } = await detect(file);

		expect(error?.message).toBe(`The parameter 'Image or Video' ${words} [item 0]`);
		expect(requestLines(sandbox())).toEqual([]);
	});

	it('refuses a file that is no image and no video', async () => {
		const { error } = await detect('data', {}, [withPicture('song.mp3', 'audio/mpeg')]);

		expect(error?.message).toContain('refers to the file "song.mp3" (audio/mpeg)');
		expect(error?.description).toContain('Supported: image (');
		expect(requestLines(sandbox())).toEqual([]);
	});

	it.each([
		['binaryField', 'https://example.com/x.png', 'refers to the binary field'],
		['urlOrPath', 'data', 'is not a URL or a path'],
	])('takes the Input Type %s at its word', async (inputType, file, words) => {
		const { error } = await detect(file, { options: { inputType } }, [withPicture()]);

		expect(error?.message.replace('is "data", which ', '')).toContain(words);
	});

	it.each(['', '.', '..', 'a/b', 'undefined'])('looks up no detection "%s"', async (id) => {
		const answer = { status: 200, body: { id, credits_charged: 0 } };
		sandbox().addFaults({ method: 'POST', fault: { answer } });
		const { error } = await detect(picture);

		expect(error?.message).toContain(
			'so the face detection may or may not have been started [item 0]',
		);
		expect(requestLines(sandbox())).toEqual(['POST /v1/face-detection']);
	});

	it('waits, and gives an item for each face', async () => {
		sandbox().faces.count = 3;
		const { json, items } = await detect(picture, {
			parameters: { output: 'faces' },
		});

		expect(json).toMatchObject([
			{ index: 0, status: 'complete', path: expect.stringContaining('api-assets/') },
			{ index: 1 },
			{ index: 2 },
		]);
		expect(items.every(({ pairedItem }) => Object(pairedItem).item === 0)).toBe(true);
		expect(bodies()).toHaveLength(1);
	});

	it('is never sent again after a lost answer, also not by Retry On Fail', async () => {
		sandbox().addFaults({ method: 'POST', fault: { reset: true, afterProcessing: true } });
		const { error } = await detect(picture, { retryOnFail: true, maxTries: 3 });

		expect(bodies()).toHaveLength(1);
		expect(error?.message).toBe(
			'An earlier try got no usable response, so the face detection may or may not have been started [item 0]',
		);
		expect(error?.description).toContain(
			'If you run this item again, a second face detection may start, at no cost.',
		);
	});

	it('does not say that it is in progress if it was never seen', async () => {
		sandbox().addFaults({ method: 'GET', fault: { answer: { status: 503 } } });
		const { error } = await detect(picture, { options: { maxWait: 2 } });

		expect(error?.message).toMatch(
			/^The face detection ".*" couldn't be retrieved within 2 seconds \[item 0\]$/,
		);
		expect(error?.description).toContain(
			"To check on it, run Get Detected Faces with the same ID. To wait longer in later runs, raise 'Max Wait (Seconds)' under Options.",
		);
		expect(error?.description).not.toContain('Magic Hour continues');
	});

	it('is not started twice when Retry On Fail comes after a failed wait', async () => {
		sandbox().faces.outcome = 'error';
		const { error } = await detect(picture, {
			retryOnFail: true,
			maxTries: 3,
		});

		expect(bodies()).toHaveLength(1);
		expect(error?.message).toMatch(/^The face detection ".*" ended with the status "error"/);
	});

	it('is sent again after 429, since it was surely not taken', async () => {
		sandbox().addFaults({ method: 'POST', times: 2, fault: { answer: { status: 429 } } });
		const { json } = await detect(picture);

		expect(json).toHaveLength(1);
		expect(bodies()).toHaveLength(3);
	});

	it.each([500, 502, 503, 504])('is not sent again after %i', async (status) => {
		sandbox().addFaults({ method: 'POST', fault: { answer: { status } } });
		const { error } = await detect(picture);

		expect(bodies()).toHaveLength(1);
		expect(error?.message).toContain('so the face detection may or may not have been started');
	});
});

describe('File → Get Detected Faces', () => {
	async function getFaces(id: string, options: NodeSettings['options'] = {}) {
		return await runMagicHour(sandbox(), 'file', 'getDetectedFaces', toItems([{ id }]), {
			parameters: { id: '={{ $json.id }}' },
			options,
		});
	}

	it('gives the faces that were found', async () => {
		sandbox().projects.holdClock();
		const { json } = await detect(picture, { parameters: { output: 'detectionId' } });
		const id = String(json[0]?.id);
		expect((await getFaces(id)).json).toMatchObject([{ id, status: 'queued', faces: [] }]);

		sandbox().projects.advanceClock(10_000);
		expect((await getFaces(id)).json).toMatchObject([
			{ id, status: 'complete', faces: [{ path: expect.any(String) }, {}] },
		]);
		expect((await getFaces(id, { itemPerFace: true })).json).toMatchObject([
			{ detectionId: id, index: 0 },
			{ detectionId: id, index: 1 },
		]);
	});

	it('takes no other detection for the one that it asked for', async () => {
		const body = { id: 'other', status: 'complete', faces: [] };
		sandbox().addFaults({ method: 'GET', fault: { answer: { status: 200, body } } });

		for (const waitForCompletion of [false, true]) {
			expect((await getFaces('wanted', { waitForCompletion })).error?.message).toContain(
				'so the face detection "wanted" was not retrieved',
			);
		}
	});

	it('refuses what is no ID, and says when there is no such detection', async () => {
		expect((await getFaces('../image-projects/x')).error?.message).toContain(
			"The parameter 'Face Detection ID' contains a character that IDs can't have",
		);
		expect((await getFaces('https://magichour.ai/my-library?imageId=x')).error?.message).toBe(
			"The parameter 'Face Detection ID' is a URL, not an ID [item 0]",
		);
		expect(requestLines(sandbox())).toEqual([]);
		expect((await getFaces('gone')).error?.message).toBe(
			'The face detection "gone" was not found [item 0]',
		);
	});
});

describe.each([
	['imageProject', '/v1/face-swap-photo', { image: picture }],
	['videoProject', '/v1/face-swap', { video: 'https://example.com/film.mp4' }],
])('the original face of a face swap of %s', (resource, path, target) => {
	const face = withPicture().binary?.data ?? { data: '', mimeType: '' };

	async function swap(originalFace: INodeParameters[string], json: IDataObject = {}) {
		const newFace = 'https://example.com/face.png';
		const item = { json, binary: { face } };
		return await runMagicHour(sandbox(), resource, 'swapFace', [item], {
			parameters: {
				...target,
				faceSwapMode: 'individual-faces',
				faceMappings: { mapping: [{ originalFace, newFace }] },
				output: 'projectId',
			} as INodeParameters,
		});
	}

	it.each(['={{ $json.faces[1].path }}', '= {{ $json.faces[1].path }}\n', '={{ $json.path }}'])(
		'is the path that Detect Faces returns: %s',
		async (expression) => {
			const [detection = {}] = (await detect(picture)).json;
			const [, second] = Object(detection).faces;
			const { error } = await swap(expression, { ...detection, path: second.path });

			expect(error).toBeUndefined();
			expect(sandbox().requests.at(-1)).toMatchObject({
				url: path,
				body: { assets: { face_mappings: [{ original_face: second.path }] } },
			});
		},
	);

	const other = 'not the path of a face';

	it.each<[INodeParameters[string], string]>([
		['=api-assets/{{ $json.missing }}/0-0.png', `is "api-assets//0-0.png", which is ${other}`],
		['api-assets/undefined/0-0.png', `is "api-assets/undefined/0-0.png", which is ${other}`],
		['api-assets/../0-0.png', `is "api-assets/../0-0.png", which is ${other}`],
		['face', `is "face", a binary field of the item, ${other}`],
		[' face ', `is "face", a binary field of the item, ${other}`],
		['={{ "face" }}', `is "face", a binary field of the item, ${other}`],
		['data', `is "data", which is ${other}`],
		['data, face', `is "data, face", which is ${other}`],
		['={{ $binary.face }}', `is a file, ${other}`],
		['={{ $json.faces[0] }}', `is an object or a list, ${other}`],
		['={{ [$json.faces[0].path] }}', `is an object or a list, ${other}`],
		[7, `is "7", which is ${other}`],
		['={{ 0 }}', `is "0", which is ${other}`],
		['={{ false }}', `is "false", which is ${other}`],
		['https://example.com/face.png', `is a URL, ${other}`],
		['={{ $json.faces[0].url }}', `is a URL, ${other}`],
		['https://magichour.ai/my-library?imageId=x', `is a library URL, ${other}`],
		['0-0.png', `is "0-0.png", which is ${other}`],
		['/api-assets/id/0-0.png', `is "/api-assets/id/0-0.png", which is ${other}`],
		['faces/0-0.png', `is "faces/0-0.png", which is ${other}`],
		['api-assets/', `is "api-assets/", which is ${other}`],
		[
			'api-assets/a/0-0.png api-assets/a/1-0.png',
			`is "api-assets/a/0-0.png api-assets/a/1-0.png", which is ${other}`,
		],
		['api-assets/a\u200b/0-0.png', 'contains an invisible character'],
		[
			'={{ "" + $json.missing }}',
			'is "undefined", which an expression returns when its value is missing or has the wrong type',
		],
	])('is nothing else, and nothing is sent: %j', async (given, words) => {
		const faces = [{ path: 'api-assets/a/0-0.png', url: 'https://example.com/0-0.png' }];
		const { error } = await swap(given, { faces });

		expect(error?.message).toBe(`The parameter 'Face Mappings 1: Original Face' ${words} [item 0]`);
		expect(requestLines(sandbox())).toEqual([]);
	});

	it('is asked for with where it comes from', async () => {
		expect((await swap('={{ "" }}')).error?.description).toBe(
			"Nothing was sent for this item. Enter the 'path' of a face that Detect Faces returns.",
		);
		expect((await swap('face')).error?.description).toBe(
			'Nothing was sent for this item. Run Detect Faces on the same file, then enter the path of one of the faces that it returns, such as api-assets/4f1c/0-0.png.',
		);
	});
});
