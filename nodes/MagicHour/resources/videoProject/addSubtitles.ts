import type { INodeProperties } from 'n8n-workflow';
import { clipEndsAfterStart, endSecondsField, startSecondsField } from '../../fields/clip';
import { videoField } from '../../fields/media';
import { sentAs } from '../../fields/routing';
import { requiredUnless } from '../../input/rules';
import { createOperation } from '../project';
import { videoProjectKind } from '../../api/projectKinds';

const fontOption: INodeProperties = {
	displayName: 'Font',
	name: 'font',
	type: 'string',
	default: 'Noto Sans',
	placeholder: 'e.g. Noto Sans',
	description: 'The name of a font on Google Fonts that supports the language of the subtitles',
	routing: sentAs('style.custom_config.font'),
};

const horizontalPositionOption: INodeProperties = {
	displayName: 'Horizontal Position',
	name: 'horizontalPosition',
	type: 'options',
	options: [
		{ name: 'Left', value: 'left' },
		{ name: 'Center', value: 'center' },
		{ name: 'Right', value: 'right' },
	],
	default: 'center',
	description: 'Where to place the subtitles from left to right',
	routing: sentAs('style.custom_config.horizontal_position'),
};

const textColorOption: INodeProperties = {
	displayName: 'Text Color',
	name: 'textColor',
	type: 'color',
	default: '#FFFFFF',
	description: 'The color of the subtitles, except the highlighted word',
	routing: sentAs('style.custom_config.text_color'),
};

const verticalPositionOption: INodeProperties = {
	displayName: 'Vertical Position',
	name: 'verticalPosition',
	type: 'options',
	options: [
		{ name: 'Top', value: 'top' },
		{ name: 'Center', value: 'center' },
		{ name: 'Bottom', value: 'bottom' },
	],
	default: 'bottom',
	description: 'Where to place the subtitles from top to bottom',
	routing: sentAs('style.custom_config.vertical_position'),
};

const templateField: INodeProperties = {
	displayName: 'Template',
	name: 'template',
	type: 'options',
	options: [
		{ name: 'Cinematic', value: 'cinematic' },
		{ name: 'Highlight', value: 'highlight' },
		{ name: 'Karaoke', value: 'karaoke' },
		{ name: 'Minimalist', value: 'minimalist' },
		{ name: 'None (Custom Style Only)', value: '' },
	],
	default: 'karaoke',
	description: 'How the subtitles look. Custom Style overrides it.',
	routing: sentAs('style.template'),
};

const customStyleField: INodeProperties = {
	displayName: 'Custom Style',
	name: 'customStyle',
	type: 'collection',
	placeholder: 'Add Style',
	default: {},
	description: 'Settings that override the template',
	options: [
		fontOption,
		{
			displayName: 'Font Size (Pixels)',
			name: 'fontSize',
			type: 'number',
			default: 24,
			description: 'The height of the letters. Without this setting, it depends on the video.',
			routing: sentAs('style.custom_config.font_size'),
		},
		{
			displayName: 'Font Style',
			name: 'fontStyle',
			type: 'options',
			options: [
				{ name: 'Bold', value: 'bold' },
				{ name: 'Italic', value: 'italic' },
				{ name: 'Normal', value: 'normal' },
			],
			default: 'normal',
			routing: sentAs('style.custom_config.font_style'),
		},
		{
			displayName: 'Highlight Color',
			name: 'highlightedTextColor',
			type: 'color',
			default: '#FFD700',
			description: 'The color of the word being spoken',
			routing: sentAs('style.custom_config.highlighted_text_color'),
		},
		horizontalPositionOption,
		{
			displayName: 'Outline Color',
			name: 'strokeColor',
			type: 'color',
			default: '#000000',
			description: 'The color of the line around each letter',
			routing: sentAs('style.custom_config.stroke_color'),
		},
		{
			displayName: 'Outline Width (Pixels)',
			name: 'strokeWidth',
			type: 'number',
			default: 1,
			description:
				'How thick the line around each letter is. Without this setting, it depends on the font size.',
			routing: sentAs('style.custom_config.stroke_width'),
		},
		textColorOption,
		verticalPositionOption,
	],
};

export const addSubtitles = createOperation(videoProjectKind, {
	name: 'Add Subtitles',
	value: 'addSubtitles',
	action: 'Add auto subtitles to video',
	description: 'Transcribe the speech in a video and add it as subtitles (Auto Subtitle Generator)',
	url: '/v1/auto-subtitle-generator',
	fields: [videoField, startSecondsField, endSecondsField, templateField, customStyleField],
	rules: () => [
		clipEndsAfterStart,
		requiredUnless(
			templateField,
			fontOption,
			textColorOption,
			verticalPositionOption,
			horizontalPositionOption,
		),
	],
});
