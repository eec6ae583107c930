import { sentAs } from '../../fields/routing';
import { fileField } from '../../fields/file';

/** Who is put into other clothes or another scene. */
export const personField = fileField({
	displayName: 'Person',
	name: 'person',
	routing: sentAs('assets.person_file_path'),
	kinds: ['image'],
	description: 'A photo of the person to dress or to place in a scene',
});
