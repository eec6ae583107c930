import { sentAs } from '../../shared/fields';
import { fileField } from '../../shared/fileInput';

/** The image that an operation starts from. */
export const imageField = fileField({
	displayName: 'Image',
	name: 'image',
	routing: sentAs('assets.image_file_path'),
	kinds: ['image'],
	description: 'The image to start from',
});

/** Who is put into other clothes or another scene. */
export const personField = fileField({
	displayName: 'Person',
	name: 'person',
	routing: sentAs('assets.person_file_path'),
	kinds: ['image'],
	description: 'An image of the person',
});
