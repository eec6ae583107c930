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
	description: 'The name of a font on Google Fonts, which must have the letters of the language',
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
	description: 'Where the subtitles stand between the left and the right edge',
	routing: sentAs('style.custom_config.horizontal_position'),
};

const textColorOption: INodeProperties = {
	displayName: 'Text Color',
	name: 'textColor',
	type: 'color',
	default: '#FFFFFF',
	description: 'The color of the letters',
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
	description: 'Where the subtitles stand between the top and the bottom edge',
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
	description: 'How the subtitles look, unless the custom style says something else',
	routing: sentAs('style.template'),
};

const customStyleField: INodeProperties = {
	displayName: 'Custom Style',
	name: 'customStyle',
	type: 'collection',
	placeholder: 'Add Style',
	default: {},
	description: 'How the subtitles look, where they differ from the template',
	options: [
		fontOption,
		{
			displayName: 'Font Size (Pixels)',
			name: 'fontSize',
			type: 'number',
			default: 24,
			description: 'How tall the letters are, in pixels. Without it, it depends on the video.',
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
			description: 'How the letters are drawn',
			routing: sentAs('style.custom_config.font_style'),
		},
		{
			displayName: 'Highlight Color',
			name: 'highlightedTextColor',
			type: 'color',
			default: '#FFD700',
			description: 'The color of the word that is being spoken',
			routing: sentAs('style.custom_config.highlighted_text_color'),
		},
		horizontalPositionOption,
		{
			displayName: 'Outline Color',
			name: 'strokeColor',
			type: 'color',
			default: '#000000',
			description: 'The color of the line around the letters',
			routing: sentAs('style.custom_config.stroke_color'),
		},
		{
			displayName: 'Outline Width (Pixels)',
			name: 'strokeWidth',
			type: 'number',
			default: 1,
			description:
				'How thick the line around the letters is, in pixels. Without it, it depends on the font size.',
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
