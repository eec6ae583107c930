import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { requestLines, runMagicHour } from './magicHour';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
/** n8n itself refuses a required field without any value. */
const nothing = '={{ "" }}';
const recording = 'https://example.com/voice.mp3';
const text = 'Welcome aboard.';
const style = '{ "prompt": "A slow waltz" }';

async function create(
	operation: string,
	parameters: INodeParameters,
	items: INodeExecutionData[] = [{ json: {} }],
) {
	return await runMagicHour(sandbox(), 'audioProject', operation, items, {
		parameters: { output: 'projectId', ...parameters },
	});
}

describe('Audio Project, generators', () => {
	it.each<[string, INodeParameters, string, object]>([
		[
			'cloneVoice',
			{ recording: recording, text },
			'/v1/ai-voice-cloner',
			{ assets: { audio_file_path: recording }, style: { prompt: text } },
		],
		[
			'generateVoice',
			{ text, voiceName: 'Morgan Freeman' },
			'/v1/ai-voice-generator',
			{ style: { prompt: text, voice_name: 'Morgan Freeman' } },
		],
		[
			'generateMusic',
			{ durationSeconds: '={{ "30" }}', style: '{ "prompt": "A slow waltz", "tags": ["piano"] }' },
			'/v1/ai-music-generator',
			{ duration: 30, style: { prompt: 'A slow waltz', tags: ['piano'] } },
		],
		[
			'generateMusic',
			{ durationSeconds: 300, style: '={{ { prompt: $json.mood, with: { lyrics: null } } }}' },
			'/v1/ai-music-generator',
			{ duration: 300, style: { prompt: 'calm', with: { lyrics: null } } },
		],
		[
			'generateMusic',
			{ durationSeconds: 15, style: '{ "prompt": "", "instrumental": false, "tempo": 0 }' },
			'/v1/ai-music-generator',
			{ duration: 15, style: { prompt: '', instrumental: false, tempo: 0 } },
		],
	])('%s sends its fields', async (operation, parameters, path, body) => {
		const { json } = await create(operation, parameters, [{ json: { mood: 'calm' } }]);

		expect(json).toMatchObject([{ id: expect.any(String) }]);
		expect(sandbox().requests).toMatchObject([{ method: 'POST', url: path, body }]);
	});

	it.each([
		'21 Savage',
		'A$AP Rocky',
		"Yzma (Emperor's New Groove)",
		'Tyler, The Creator',
		'Merlin (Sword in the Stone)',
	])('speaks in the voice %s', async (voiceName) => {
		await create('generateVoice', { text, voiceName });

		expect(sandbox().requests).toMatchObject([
			{ body: { style: { prompt: text, voice_name: voiceName } } },
		]);
	});

	it.each<[string, INodeParameters, string]>([
		['cloneVoice', { recording: nothing, text }, "'Recording' is empty"],
		['cloneVoice', { recording: recording, text: ' ' }, "'Text' is empty"],
		[
			'cloneVoice',
			{ recording: recording, text: 'x'.repeat(1001) },
			"'Text' can have up to 1000 characters, but has 1001",
		],
		[
			'generateVoice',
			{ voiceName: 'Yoda', text: 'x'.repeat(1001) },
			"'Text' can have up to 1000 characters, but has 1001",
		],
		['generateVoice', { voiceName: nothing, text }, "'Voice' is empty"],
		...[14, 301, 20.5].map((durationSeconds): [string, INodeParameters, string] => [
			'generateMusic',
			{ durationSeconds, style },
			`'Duration (Seconds)' must be a whole number from 15 to 300, but is ${durationSeconds}`,
		]),
		['generateMusic', { durationSeconds: nothing, style }, "'Duration (Seconds)' is empty"],
		...Object.entries({
			[nothing]: 'is empty',
			' ': 'is empty',
			'{}': 'is empty',
			// The field's default.
			'{\n  "prompt": ""\n}': 'is empty',
			'={{ { prompt: " ", tags: [], with: { lyrics: null } } }}': 'is empty',
			'={"prompt": "{{ $json.missing }}"}': 'is empty',
			'{ prompt: "A slow waltz" }': 'is not valid JSON',
			'A slow waltz': 'is not valid JSON',
			'["A slow waltz"]': 'must be a JSON object',
			'={{ ["A slow waltz"] }}': 'must be a JSON object',
			'={{ 7 }}': 'must be a JSON object',
			'={{ $now }}': 'must be a JSON object',
			'={{ JSON.parse("{\\"a\\": [{\\"__proto__\\": 1}]}") }}':
				'contains the key "__proto__", which is not supported',
			'{ "a": [{ "__proto__": {} }] }': 'contains the key "__proto__", which is not supported',
			'={{ { a: { constructor: 1 } } }}': 'contains the key "constructor", which is not supported',
		}).map(([given, reason]): [string, INodeParameters, string] => [
			'generateMusic',
			{ durationSeconds: 30, style: given },
			`'Style' ${reason}`,
		]),
	])('refuses %s with %j', async (operation, parameters, words) => {
		const { error } = await create(operation, parameters);

		expect(error?.message).toBe(`The parameter ${words} [item 0]`);
		expect(requestLines(sandbox())).toEqual([]);
	});

	it('refuses a recording that is an image', async () => {
		const data = Buffer.from('a picture').toString('base64');
		const item = { json: {}, binary: { data: { data, fileName: 'a.png', mimeType: 'image/png' } } };
		const { error } = await create('cloneVoice', { recording: 'data', text }, [item]);

		expect(error?.message).toContain('refers to the file "a.png" (image/png)');
		expect(requestLines(sandbox())).toEqual([]);
	});
});
