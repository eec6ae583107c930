import { node } from '../../e2e/workflows';
import type { StoredCredential, WorkflowNode } from '../../n8n/client';
import { required } from '../../required';
import { describeInEachEditor } from '../fixture';
import { magicHourNode, openChain, storeCredential } from './newcomer';

describeInEachEditor('a newcomer', (session) => {
	describe('with files of their own', () => {
		/** Nodes that give an item with the pictures of finished projects in binary fields. */
		const pictures = (...fields: string[]): WorkflowNode[] => {
			const { sandbox } = session();
			return fields.map((field) => {
				sandbox.projects.create({ id: `picture-of-${field}`, name: field, isFinished: true });
				const project = required(sandbox.projects.get('image', `picture-of-${field}`), 'picture');
				const [link] = sandbox.storage.linksTo(project, sandbox.url);
				return node(field, 'n8n-nodes-base.httpRequest', 4.2, {
					url: required(link, 'link').url,
					options: {
						response: { response: { responseFormat: 'file', outputPropertyName: field } },
					},
				});
			});
		};

		const swap = (credential: StoredCredential): WorkflowNode =>
			magicHourNode(
				'Swap faces in an image',
				{ resource: 'imageProject', operation: 'swapFace' },
				credential,
			);

		const swapRequest = (): unknown =>
			session().sandbox.requests.find(({ url }) => url === '/v1/face-swap-photo')?.body;

		const uploaded = expect.stringMatching(/^api-assets\//);

		it('swaps all faces', async () => {
			const { editor } = session();
			await openChain(
				session(),
				'All faces',
				...pictures('photo', 'face'),
				swap(await storeCredential(session())),
			);
			await editor.openNode('Swap faces in an image');
			await editor.enter('image', 'photo');
			await editor.enter('newFace', 'face');
			await editor.choose('output', 'Files');
			await editor.executeNode();
			const { width } = await editor.viewPicture();
			await editor.takeScreenshot('walk-b-all-faces');
			expect(width).toBeGreaterThan(0);
			expect(swapRequest()).toMatchObject({
				assets: {
					face_swap_mode: 'all-faces',
					target_file_path: uploaded,
					source_file_path: uploaded,
				},
			});
		});

		it('finds the faces, and gives each a new one', async () => {
			const { sandbox, editor } = session();
			const credential = await storeCredential(session());
			const detect = magicHourNode(
				'Detect faces in a file',
				{ resource: 'file', operation: 'detectFaces' },
				credential,
			);
			const files = pictures('photo', 'anna', 'ben');
			await openChain(session(), 'Individual faces', ...files, detect, swap(credential));

			await editor.openNode(detect.name);
			await editor.enter('file', 'photo');
			await editor.executeNode();
			await editor.showOutputAs('Table');
			expect(await editor.outputTable()).toEqual([
				expect.objectContaining({
					status: 'complete',
					faces: expect.stringContaining('api-assets/'),
				}),
			]);
			await editor.takeScreenshot('walk-b-faces');
			await editor.closeNode();

			await editor.openNode('Swap faces in an image');
			await editor.enter('image', 'photo');
			await editor.choose('faceSwapMode', 'Individual Faces');
			await editor.addEntry('Add Face');
			await editor.enter('newFace', 'anna');
			await editor.enter('originalFace', 'photo');
			expect(await editor.readHint('originalFace')).toContain('Detect Faces');
			await editor.takeScreenshot('walk-b-hint');
			await editor.executeNode();
			const { message, description } = await editor.outputError();
			await editor.takeScreenshot('walk-b-refused');
			expect(message).toContain('Original Face');
			expect(description).toContain('Detect Faces');
			expect(swapRequest()).toBeUndefined();

			await editor.enterExpression('originalFace', '{{ $json.faces[0].path }}');
			await editor.addEntry('Add Face');
			await editor.enter('newFace', 'ben');
			await editor.enterExpression('originalFace', '{{ $json.faces[1].path }}');
			await editor.choose('output', 'Files');
			await editor.executeNode();
			const { width } = await editor.viewPicture();
			await editor.takeScreenshot('walk-b-individual-faces');
			expect(width).toBeGreaterThan(0);
			expect(swapRequest()).toMatchObject({
				assets: {
					face_swap_mode: 'individual-faces',
					target_file_path: uploaded,
					face_mappings: [
						{ new_face: uploaded, original_face: expect.stringMatching(/\/0-0\.png$/) },
						{ new_face: uploaded, original_face: expect.stringMatching(/\/1-0\.png$/) },
					],
				},
			});
			expect(sandbox.storage.uploads.size).toBe(4);
		});
	});
});
