import { chain, deleteNode, manualTrigger, workflow } from '../../e2e/workflows';
import { describeInEachEditor } from '../fixture';
import { storeCredential } from './newcomer';

const projectIds = ['lake-at-dawn', 'gone', 'hills-in-fog'];

describeInEachEditor('a newcomer', (session) => {
	describe('who deletes three projects of which one is gone', () => {
		beforeEach(async () => {
			const { n8n, sandbox, editor } = session();
			for (const id of projectIds) if (id !== 'gone') sandbox.projects.create({ id });
			const trigger = manualTrigger();
			const file = workflow(
				'Delete old images',
				[trigger, deleteNode(await storeCredential(session()))],
				chain(trigger.name, 'Delete'),
			);
			const pinData = { [trigger.name]: projectIds.map((project) => ({ json: { project } })) };
			await editor.openWorkflow(await n8n.importWorkflow({ ...file, pinData }));
			await editor.openNode('Delete');
		});

		afterEach(() => expect(session().sandbox.projects.ids()).toEqual([]));

		it('reads what failed, what to do, and what was deleted', async () => {
			const { editor } = session();
			await editor.executeNode();
			const { message, description } = await editor.outputError();
			await editor.takeScreenshot('error');
			expect(message).toContain('The image project "gone" was not found');
			expect(description).toContain("'Ignore Already Deleted' under Options");
			expect(description).toContain('lake-at-dawn');
			expect(description).toContain('hills-in-fog');
			expect(description).not.toContain('0 items');
			const details = await editor.errorDetails();
			await editor.takeScreenshot('walk-d-details');
			expect(details).toMatchObject({ 'Error code': '404' });
			expect(Object.values(details)).not.toContain('none');
		});

		it('sees it among the items with Continue', async () => {
			const { editor } = session();
			await editor.openTab('Settings');
			await editor.choose('onError', 'Continue');
			await editor.takeScreenshot('walk-d-continue-setting');
			await editor.openTab('Parameters');
			await editor.executeNode();
			await editor.showOutputAs('Table');
			const items = await editor.outputTable();
			await editor.takeScreenshot('walk-d-continue');
			expect(items.map(({ id, deleted }) => ({ id, deleted }))).toEqual([
				{ id: 'lake-at-dawn', deleted: 'true' },
				{ id: 'gone', deleted: 'false' },
				{ id: 'hills-in-fog', deleted: 'true' },
			]);
			expect(items[1]).toMatchObject({
				error: expect.stringContaining('was not found'),
				description: expect.stringContaining('The ID may be wrong'),
				httpCode: '404',
				magicHour: 'null',
			});
		});

		it('sees it on the error output', async () => {
			const { editor } = session();
			await editor.openTab('Settings');
			await editor.choose('onError', 'Continue (using error output)');
			await editor.openTab('Parameters');
			await editor.executeNode();
			expect(await editor.outputBranches()).toEqual([
				expect.stringMatching(/^Success.*2 items/s),
				expect.stringMatching(/^Error.*1 item/s),
			]);
			await editor.showOutputAs('Table');
			await editor.takeScreenshot('walk-d-success-branch');
			expect((await editor.outputTable()).map(({ id }) => id)).toEqual([
				'lake-at-dawn',
				'hills-in-fog',
			]);
			await editor.openBranch('Error');
			await editor.takeScreenshot('walk-d-error-branch');
			expect(await editor.outputTable()).toEqual([
				expect.objectContaining({
					project: 'gone',
					error: expect.stringContaining('was not found'),
				}),
			]);
			await editor.closeNode();
			await editor.takeScreenshot('walk-d-canvas');
		});
	});
});
