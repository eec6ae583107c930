import { sentAs } from '../../fields/routing';
import { createOperation } from '../project';
import { imageProjectKind } from '../../api/projectKinds';

export const generateQrCode = createOperation(imageProjectKind, {
	name: 'Generate QR Code',
	value: 'generateQrCode',
	action: 'Generate QR code',
	description: 'Generate a QR code styled as a picture',
	url: '/v1/ai-qr-code-generator',
	fields: [
		{
			displayName: 'Content',
			name: 'content',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://example.com',
			description: 'What scanning the code opens, usually a URL',
			routing: sentAs('content'),
		},
		{
			displayName: 'Art Style',
			name: 'artStyle',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Watercolor',
			description:
				'Describe how the code looks, or enter a template. Templates: Chinese Painting, Cyberpunk City, Game Map, Ink Landscape, Interior Painting, Japanese Street, Mech, Minecraft, Picasso Painting, Spaceship, Watercolor, and Winter Village.',
			routing: sentAs('style.art_style'),
		},
	],
});
