import type { INodeParameters } from 'n8n-workflow';
import { requestLines, runMagicHour } from './magicHour';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
const video = 'https://example.com/film.mp4';
const image = 'https://example.com/picture.png';
const audio = 'https://example.com/song.mp3';
const youtubeUrl = 'https://www.youtube.com/watch?v=aqz-KE-bpKQ';

/** n8n itself refuses a field that must be filled in and is not; an expression may still be empty. */
const empty = '={{ "" }}';

/** What each operation needs, where n8n's preset is not enough. */
const needed: Record<string, INodeParameters> = {
	addSubtitles: { video },
	edit: { video, prompt: 'Make the car blue' },
	generateAnimation: { prompt: 'A city in the rain' },
	generateFromAudio: { audio },
	generateFromImage: { image },
	generateFromText: { prompt: 'A dog runs' },
	generateTalkingPhoto: { image, audio },
	replaceCharacter: { video, character: image },
	restyle: { video },
	swapFace: { video, newFace: image },
	syncLips: { video, audio },
};

async function make(
	operation: string,
	parameters: INodeParameters = {},
	options: INodeParameters = {},
) {
	return await runMagicHour(sandbox(), 'videoProject', operation, [{ json: {} }], {
		parameters: { ...needed[operation], output: 'projectId', ...parameters },
		options,
	});
}

function sent() {
	return sandbox().requests.map(({ method, url, body }) => ({ line: `${method} ${url}`, body }));
}

type Case = [INodeParameters, INodeParameters, string];

describe.each<[string, Case[]]>([
	[
		'addSubtitles',
		[
			[{ startSeconds: 5 }, {}, '"End Seconds" is 5, which is not after Start Seconds (5)'],
			[{ template: '' }, {}, '"Font" is empty, and so is Template'],
			[
				{ template: '', customStyle: { font: 'Roboto', textColor: '#FFFFFF' } },
				{},
				'"Vertical Position" is empty, and so is Template',
			],
			[{ customStyle: { strokeWidth: -1 } }, {}, '"Outline Width" is -1, which is not possible'],
		],
	],
	[
		'edit',
		[
			[{ prompt: empty }, {}, '"Prompt" is empty'],
			[{}, { startSeconds: 6 }, '"End Seconds" is 5, which is not after Start Seconds (6)'],
			[
				{ endSeconds: 60 },
				{ model: 'gemini-omni', startSeconds: 49.5 },
				'"End Seconds" makes the part 10.5 seconds long, and Model "gemini-omni" takes 3 to 10 seconds',
			],
			[
				{ endSeconds: 0.4 },
				{ model: 'ltx-2.3' },
				'"End Seconds" makes the part 0.4 seconds long, and Model "ltx-2.3" takes 0.5 to 45 seconds',
			],
			[
				{},
				{ model: 'gemini-omni', resolution: '1080p' },
				'"Resolution" is 1080p, which Model "gemini-omni" does not go with',
			],
		],
	],
	[
		'generateAnimation',
		[
			[{ prompt: empty }, {}, '"Prompt" is empty'],
			[{ artStyle: 'Custom' }, {}, '"Custom Art Style" is empty, and Art Style is "Custom"'],
			[
				{ artStyle: '={{ "Cubist" }}', customArtStyle: 'Chalk' },
				{},
				'"Custom Art Style" counts only where Art Style is "Custom"',
			],
			[
				{ promptType: 'use_lyrics' },
				{},
				'"Audio Source" is none, which Prompt Type "use_lyrics" does not go with',
			],
			[
				{ promptType: 'ai_choose' },
				{},
				'"Audio Source" is none, which Prompt Type "ai_choose" does not go with',
			],
			[{ audioSource: 'youtube', youtubeUrl: empty }, {}, '"YouTube URL" is empty'],
			[
				{ audioSource: 'youtube', youtubeUrl: 'aqz-KE-bpKQ' },
				{},
				'"YouTube URL" is not a complete web address',
			],
			[{ audioSource: 'file', audio: empty }, {}, '"Audio" is empty'],
			[{ transitionSpeed: 11 }, {}, '"Transition Speed" is 11, which is not possible'],
		],
	],
	[
		'generateFromAudio',
		[[{}, { startSeconds: 5 }, '"End Seconds" is 5, which is not after Start Seconds (5)']],
	],
	[
		'generateFromImage',
		[
			[
				{ durationSeconds: 7 },
				{ model: 'kling-2.6' },
				'"Duration" is 7, which Model "kling-2.6" does not go with',
			],
			[
				{},
				{ model: 'seedance-2.0', resolution: '1080p' },
				'"Resolution" is 1080p, which Model "seedance-2.0" does not go with',
			],
			[
				{},
				{ model: 'wan-2.2', includeAudio: true },
				'"Include Audio" is true, which Model "wan-2.2" does not go with',
			],
			[
				{ durationSeconds: 8 },
				{ model: 'sora-2', endImage: 'api-assets/id/end.png' },
				'"End Image" is api-assets/id/end.png, which Model "sora-2" does not go with',
			],
			[
				{ durationSeconds: 16 },
				{ model: 'veo3.1', endImage: image },
				'"Duration" is 16, which Model "veo3.1" does not go with where End Image is given',
			],
			[
				{},
				{ model: 'kling-2.6', endImage: image, resolution: '720p' },
				'"Resolution" is 720p, which Model "kling-2.6" does not go with where End Image is given',
			],
			[
				{},
				{ model: 'kling-2.6', endImage: image },
				'"Resolution" is empty, and Model is "kling-2.6" where End Image is given',
			],
		],
	],
	[
		'generateFromText',
		[
			[{ prompt: 'x'.repeat(2001) }, {}, '"Prompt" is 2001 characters long'],
			[{ durationSeconds: 61 }, {}, '"Duration" is 61, which is not possible'],
			[
				{ durationSeconds: 4 },
				{ model: 'sora-2', aspectRatio: '1:1' },
				'"Aspect Ratio" is 1:1, which Model "sora-2" does not go with',
			],
		],
	],
	[
		'generateTalkingPhoto',
		[
			[
				{ endSeconds: 181 },
				{},
				'"End Seconds" makes the part 181 seconds long, and Generation Mode "realistic" takes at most 180 seconds',
			],
			[
				{ startSeconds: 10, endSeconds: 55.5 },
				{ generationMode: 'prompted' },
				'"End Seconds" makes the part 45.5 seconds long, and Generation Mode "prompted" takes at most 45 seconds',
			],
			[{}, { prompt: 'Waves a hand' }, '"Prompt" counts only where Generation Mode is "prompted"'],
		],
	],
	[
		'replaceCharacter',
		[
			[{ selectionMode: 'point' }, {}, '"Points" is empty'],
			[
				{ selectionMode: 'point', points: { point: [{ positionX: 1.5, positionY: 0 }] } },
				{},
				'"Points 1: Pixels From Left" is 1.5, which is not possible',
			],
			[{}, { startSeconds: 9 }, '"End Seconds" is 5, which is not after Start Seconds (9)'],
		],
	],
	[
		'restyle',
		[
			[{ videoSource: 'youtube', youtubeUrl: empty }, {}, '"YouTube URL" is empty'],
			[{ promptType: 'custom', prompt: empty }, {}, '"Prompt" is empty'],
			[{ promptType: 'append_default', prompt: empty }, {}, '"Prompt" is empty'],
			[{ startSeconds: 5 }, {}, '"End Seconds" is 5, which is not after Start Seconds (5)'],
		],
	],
	[
		'swapFace',
		[
			[{ video: empty }, {}, '"Video" is empty'],
			[{ faceSwapMode: 'individual-faces' }, {}, '"Face Mappings" is empty'],
			[{ newFace: empty }, {}, '"New Face" is empty'],
			[
				{ videoSource: 'youtube', youtubeUrl: 'my film' },
				{},
				'"YouTube URL" is not a complete web address',
			],
			[{ startSeconds: 5 }, {}, '"End Seconds" is 5, which is not after Start Seconds (5)'],
		],
	],
	[
		'syncLips',
		[
			[{ videoSource: 'youtube', youtubeUrl: empty }, {}, '"YouTube URL" is empty'],
			[{ videoSource: 'youtube', youtubeUrl: 'x' }, {}, '"YouTube URL" is not a complete web'],
			[
				{ videoSource: 'youtube', youtubeUrl: `${youtubeUrl}\u200b` },
				{},
				'"YouTube URL" contains a character that cannot be seen',
			],
			[
				{ videoSource: 'youtube', youtubeUrl: 'https://exa mple.com' },
				{},
				'"YouTube URL" is not a complete web',
			],
			[{}, { maxFps: 0 }, '"Max Frames per Second" is 0, which is not possible'],
			[{ startSeconds: 5 }, {}, '"End Seconds" is 5, which is not after Start Seconds (5)'],
		],
	],
])('Video Project → %s', (operation, cases) => {
	it.each(cases)('refuses %j with the options %j', async (parameters, options, words) => {
		const { error } = await make(operation, parameters, options);

		expect(error?.message).toContain(`The parameter ${words}`);
		expect(error?.message).toContain('[item 0]');
		expect(requestLines(sandbox())).toEqual([]);
	});
});

describe('a video', () => {
	it('is made of what the fields say, and of no field that is not shown', async () => {
		await make('restyle', { videoSource: 'youtube', youtubeUrl, prompt: 'not shown' });

		expect(sent()).toEqual([
			{
				line: 'POST /v1/video-to-video',
				body: {
					assets: { video_source: 'youtube', youtube_url: youtubeUrl },
					style: { art_style: 'Studio Ghibli', prompt_type: 'default' },
					start_seconds: 0,
					end_seconds: 5,
				},
			},
		]);
	});

	it('gets the points of the person that it replaces', async () => {
		await make('replaceCharacter', {
			selectionMode: 'point',
			points: {
				point: [
					{ positionX: 0, positionY: 180, timeSeconds: 0 },
					{ positionX: 320, positionY: 0, timeSeconds: 2.5 },
				],
			},
		});

		expect(sent()).toEqual([
			{
				line: 'POST /v1/character-replace',
				body: {
					assets: { video_file_path: video, image_file_path: image },
					style: {
						selection_mode: 'point',
						points: [
							{ position_x: 0, position_y: 180, time_seconds: 0 },
							{ position_x: 320, position_y: 0, time_seconds: 2.5 },
						],
					},
					end_seconds: 5,
				},
			},
		]);
	});

	it('gets subtitles in a custom style without a template', async () => {
		await make('addSubtitles', {
			template: '',
			customStyle: {
				font: 'Roboto',
				textColor: '#FFFFFF',
				verticalPosition: 'top',
				horizontalPosition: 'left',
				strokeWidth: 0,
			},
		});

		expect(sent()).toMatchObject([
			{
				body: {
					style: {
						custom_config: {
							font: 'Roboto',
							text_color: '#FFFFFF',
							vertical_position: 'top',
							horizontal_position: 'left',
							stroke_width: 0,
						},
					},
				},
			},
		]);
		expect(sent()[0]?.body).not.toHaveProperty('style.template');
	});

	it.each<[string, INodeParameters, INodeParameters]>([
		['edit', { endSeconds: 45.1 }, { model: 'ltx-2.3', startSeconds: 0.1, resolution: '1080p' }],
		['edit', { endSeconds: 10 }, { model: 'gemini-omni', resolution: '720p' }],
		['generateFromImage', { durationSeconds: 8 }, { model: 'veo3.1', endImage: image }],
		['generateFromImage', {}, { model: 'kling-2.6', endImage: image, resolution: '1080p' }],
		['generateFromImage', { durationSeconds: 56 }, { model: 'veo3.1-lite', includeAudio: true }],
		['generateFromText', { durationSeconds: 2.5 }, { model: 'default', resolution: '4k' }],
		['generateTalkingPhoto', { endSeconds: 180 }, {}],
		['generateTalkingPhoto', { endSeconds: 45 }, { generationMode: 'prompted', prompt: 'x' }],
		['generateAnimation', { artStyle: 'Custom', customArtStyle: 'Chalk' }, {}],
		['generateAnimation', { promptType: 'use_lyrics', audioSource: 'file', audio }, {}],
		['generateAnimation', { promptType: 'ai_choose', audioSource: 'youtube', youtubeUrl }, {}],
	])('may be asked of %s with %j and the options %j', async (operation, parameters, options) => {
		const { json } = await make(operation, parameters, options);

		expect(json).toEqual([expect.objectContaining({ id: expect.any(String) })]);
		expect(requestLines(sandbox())).toHaveLength(1);
	});
});
