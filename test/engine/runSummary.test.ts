import type { INodeParameters } from 'n8n-workflow';
import { createMany, deleteImageProjects, runMagicHour, toItems, withIds } from './magicHour';
import { useVirtualTime } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();

/** Deletes one project after the other, and tells the description of the error. */
async function descriptionOf(ids: unknown[], options: INodeParameters = {}): Promise<string> {
	const { error } = await deleteImageProjects(sandbox(), withIds(...ids), {
		options: { maxParallelRequests: 1, maxRetries: 0, ...options },
	});
	return String(error?.description);
}

/** @returns what a text ends with */
function ending(text: string): RegExp {
	return new RegExp(` ${text}$`);
}

describe('what an error that stops a run says of the other items', () => {
	it('lists what was deleted', async () => {
		const ids = createMany(sandbox(), 4);

		expect(await descriptionOf([ids[0], ids[1], 'not-there', ids[2], ids[3]])).toMatch(
			ending(
				`2 image projects were deleted before the run stopped, and 2 items were not attempted. Deleted: ${ids[0]}, ${ids[1]}.`,
			),
		);
	});

	it('says nothing of items when none is left', async () => {
		const [id] = createMany(sandbox(), 1);

		expect(await descriptionOf([id, 'not-there'])).toMatch(
			ending(`1 image project was deleted before the run stopped. Deleted: ${id}.`),
		);
	});

	it('says that nothing was deleted, without a number', async () => {
		const ids = createMany(sandbox(), 2);

		expect(await descriptionOf(['not-there', ...ids])).toMatch(
			ending('Nothing was deleted before the run stopped, and 2 items were not attempted.'),
		);
		expect(await descriptionOf([...ids, '..'])).toMatch(
			ending('Nothing was deleted before the run stopped, and 2 items were not attempted.'),
		);
	});

	it('says that nothing was deleted, of a run of which nothing is left', async () => {
		const fault = { answer: { status: 404, body: { message: 'Not found' } } };
		sandbox().addFaults({ fault });
		const { error } = await deleteImageProjects(sandbox(), withIds('a', 'b'), {
			options: { maxParallelRequests: 2 },
		});

		expect(error?.description).toMatch(
			/ Nothing was deleted before the run stopped\. Also failed: item [01]\.$/,
		);
	});

	it('tells what was already deleted from what it has deleted', async () => {
		const [id] = createMany(sandbox(), 1);

		expect(await descriptionOf(['gone', id, '', 'x'], { ignoreAlreadyDeleted: true })).toMatch(
			ending('Nothing was deleted before the run stopped, and 3 items were not attempted.'),
		);
		sandbox().addFaults({ id: 'x', fault: { answer: { status: 500 } } });
		expect(await descriptionOf(['gone', id, 'x', 'y'], { ignoreAlreadyDeleted: true })).toContain(
			`1 image project was deleted before the run stopped, and 1 item was not attempted. Deleted: ${id}. 1 image project was already deleted.`,
		);
	});

	it.each([50, 60])('lists 50 IDs whole, here of %i', async (count) => {
		const ids = createMany(sandbox(), count);
		const listed = ids.slice(0, 50).join(', ');
		const rest = count > 50 ? ` and ${count - 50} more` : '';

		expect(await descriptionOf([...ids, 'not-there'])).toMatch(
			ending(
				`${count} image projects were deleted before the run stopped. Deleted: ${listed}${rest}.`,
			),
		);
	});

	it('lists nothing that was only checked', async () => {
		const [id] = createMany(sandbox(), 1);

		const description = await descriptionOf([id, 'not-there'], { dryRun: true });
		expect(description).toContain(
			'This was a dry run, so nothing was deleted: 1 image project was checked before the run stopped.',
		);
		expect(description).not.toContain('Deleted:');
		expect(description).not.toContain(String(id));
	});

	it('says of a dry run in which nothing was checked only that', async () => {
		expect(await descriptionOf(['not-there', ''], { dryRun: true })).toMatch(
			/This was a dry run, so nothing was deleted: 1 item was not attempted\.$/,
		);
	});

	it.each([
		['a lookup', 'get', 'Nothing was retrieved before the run stopped'],
		['a download', 'download', 'Nothing was downloaded before the run stopped'],
	])('says so of %s', async (_, operation, words) => {
		const { error } = await runMagicHour(
			sandbox(),
			'imageProject',
			operation,
			toItems(withIds('not-there', 'x')),
			{ parameters: { id: '={{ $json.id }}' }, options: { maxParallelRequests: 1 } },
		);

		expect(error?.description).toContain(`${words}, and 1 item was not completed.`);
	});

	it('lists what an earlier try of the node has deleted', async () => {
		const [id] = createMany(sandbox(), 1);
		const { error } = await deleteImageProjects(sandbox(), withIds(id, 'not-there'), {
			retryOnFail: true,
			maxTries: 2,
			options: { maxParallelRequests: 1 },
		});

		expect(error?.description).toContain(`Deleted: ${id}.`);
	});

	it('takes the API key out of the list', async () => {
		const id = `x-${sandbox().apiKey}`;
		sandbox().projects.create({ id });

		expect(await descriptionOf([id, 'not-there'])).toMatch(/Deleted: x-\[API key\]\.$/);
	});

	it('lists 50 IDs of what was created', async () => {
		const input = toItems(Array.from({ length: 60 }, (_, index) => ({ fails: index === 59 })));
		const { error } = await runMagicHour(sandbox(), 'imageProject', 'generate', input, {
			parameters: {
				prompt: 'A lighthouse',
				imageCount: 1,
				output: 'projectId',
				aspectRatio: '1:1',
			},
			options: {
				name: '={{ $json.fails ? "fails" : "works" }}',
				maxParallelRequests: 1,
				customBodyFields: '={{ $json.fails ? { nope: 1 } : {} }}',
			},
		});
		const ids = sandbox().projects.ids();

		expect(ids).toHaveLength(59);
		expect(error?.description).toContain(
			`59 image projects were created before the run stopped. Created: ${ids.slice(0, 50).join(', ')} and 9 more.`,
		);
	});
});
