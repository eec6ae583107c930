import { deleteImageProjects, requestLines, runMagicHour, toItems, withIds } from './magicHour';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
const id = 'cm6pvghix03bvyz0zwash6noj';
const options = { maxRetries: 1 };

/** 404s by which Magic Hour says that there is no such project. */
const missing: Array<[string, unknown]> = [
	['the documented form', { code: 'not_found', message: 'Not Found' }],
	['the older documented form', { message: 'Not Found' }],
	['the older form with a period', { message: 'Not found.' }],
	['the code and other words', { code: 'not_found', message: 'Image project not found' }],
	['the code and a field more', { code: 'not_found', message: 'Not Found', request_id: 'req_1' }],
	['the code and an ID', { code: 'not_found', message: 'Check the resource identifier' }],
	['Image project not found', { message: 'Image project not found' }],
	['Project not found', { message: 'Project not found.' }],
	['Image not found', { message: 'Image not found' }],
	['The image was not found', { message: 'The image was not found' }],
	['could not be found', { message: 'The requested image project could not be found' }],
	["couldn't find", { message: "We couldn't find this image project" }],
	['does not exist', { message: 'Project does not exist' }],
	["doesn't exist", { message: "This image project doesn't exist" }],
	['another apostrophe', { message: 'The image project doesn’t exist' }],
	['no longer exists', { message: 'The project no longer exists.' }],
	['No such project', { message: 'No such project' }],
	['No project found', { message: 'No project found' }],
	['with its ID', { message: `Image project ${id} not found` }],
	['with its ID in quotes', { message: `Project with id '${id}' was not found` }],
];

/** 404s of something else, or of nobody knows what. */
const unclear: Array<[string, unknown]> = [
	['nothing', ''],
	['a web page', '<html><body><h1>404 Not Found</h1><p>nginx</p></body></html>'],
	['plain words', 'Image project not found'],
	['plain words of Go', '404 page not found'],
	['JSON that is a text', '"Not Found"'],
	['a list', [{ message: 'Not Found' }]],
	['a code of a gateway', { code: 'not_found', message: 'Application not found' }],
	['a code of a proxy', { code: 'not_found', message: 'Unknown host api.magichour.ai' }],
	['a code without words', { code: 'not_found', message: '' }],
	['a code of a framework', { code: 'not_found', message: 'Not Found', statusCode: 404 }],
	['a code with the path', { code: 'not_found', message: 'Not Found', path: '/v1/x' }],
	['Kong', { message: 'no Route matched with those values' }],
	['Kong with a request ID', { message: 'no Route matched with those values', request_id: 'x' }],
	[
		'Fastify',
		{
			message: `Route DELETE:/v1/image-projects/${id} not found`,
			error: 'Not Found',
			statusCode: 404,
		},
	],
	['Fastify, shortened', { message: `Route DELETE:/v1/image-projects/${id} not found` }],
	[
		'Nest',
		{ statusCode: 404, message: `Cannot DELETE /v1/image-projects/${id}`, error: 'Not Found' },
	],
	['Express', { message: `Cannot DELETE /v1/image-projects/${id}` }],
	[
		'Spring',
		{
			timestamp: '2026-01-01T00:00:00Z',
			status: 404,
			error: 'Not Found',
			message: 'No message available',
			path: `/v1/image-projects/${id}`,
		},
	],
	[
		'Spring with the words',
		{ timestamp: 'x', status: 404, error: 'Not Found', message: 'Not Found', path: '/v1/image' },
	],
	['Azure', { statusCode: 404, message: 'Resource not found' }],
	['a resource', { message: 'The requested resource was not found' }],
	['gRPC', { code: 5, message: 'Not Found', details: [] }],
	['Vercel', { error: { code: '404', message: 'The page could not be found' } }],
	['Vercel, flat', { code: 'NOT_FOUND', message: 'The page could not be found' }],
	['Heroku', { id: 'not_found', message: 'Project not found' }],
	['a deployment', { message: 'The deployment could not be found' }],
	['a page', { message: 'Page not found' }],
	['an endpoint', { message: 'Image project endpoint not found' }],
	['an unknown path', { message: '/v1/image-projects was not found' }],
	['a path with the code', { code: 'not_found', message: 'Route not found' }],
	['an unknown host', { message: 'Project host not found' }],
	['an application', { message: 'Application not found' }],
	['a user', { message: 'User not found' }],
	['another code', { code: 'route_not_found', message: 'Image project not found' }],
	['a message that is no text', { message: { text: 'Not Found' } }],
	['other words', { message: 'Image project is busy' }],
	['a project that is there', { message: 'The image project was found, its owner was not found' }],
];

function answerWith(body: unknown) {
	const headers = { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json' };
	sandbox().addFaults({
		fault: { answer: { status: 404, headers, body: body as string | object } },
	});
}

describe('a 404 that says that there is no such project', () => {
	it.each(missing)('is a project that was not found: %s', async (_, body) => {
		answerWith(body);
		const { error } = await deleteImageProjects(sandbox(), withIds(id), { options });

		expect(error?.message).toBe(`The image project "${id}" was not found [item 0]`);
		expect(error?.description).toContain('Ignore Already Deleted');
	});

	it.each(missing)('counts as deleted with Ignore Already Deleted: %s', async (_, body) => {
		answerWith(body);
		const { json } = await deleteImageProjects(sandbox(), withIds(id), {
			options: { ...options, ignoreAlreadyDeleted: true },
		});

		expect(json).toEqual([{ id, deleted: true, alreadyDeleted: true }]);
	});

	it.each(missing)('is a success after an answer that was lost: %s', async (_, body) => {
		sandbox().projects.create({ id });
		sandbox().addFaults({ times: 1, fault: { reset: true, afterProcessing: true } });
		answerWith(body);
		const { json } = await deleteImageProjects(sandbox(), withIds(id), { options });

		expect(json).toEqual([{ id, deleted: true }]);
		expect(requestLines(sandbox())).toHaveLength(2);
	});

	it.each(missing)('is told by Get: %s', async (_, body) => {
		answerWith(body);
		const { error } = await runMagicHour(sandbox(), 'imageProject', 'get', toItems([{}]), {
			parameters: { id },
		});

		expect(error?.message).toBe(`The image project "${id}" was not found [item 0]`);
	});
});

describe('a 404 of something else', () => {
	it.each(unclear)('is never a deletion: %s', async (_, body) => {
		sandbox().projects.create({ id });
		answerWith(body);
		const { error } = await deleteImageProjects(sandbox(), withIds(id), {
			options: { ...options, ignoreAlreadyDeleted: true },
		});

		expect(error?.message).toBe(
			`'Base URL' in the credential doesn't seem to lead to Magic Hour's API, so the image project "${id}" was not deleted [item 0]`,
		);
	});

	it.each(unclear)('leaves open what a lost answer meant: %s', async (_, body) => {
		sandbox().projects.create({ id });
		sandbox().addFaults({ times: 1, fault: { reset: true, afterProcessing: true } });
		answerWith(body);
		const { error } = await deleteImageProjects(sandbox(), withIds(id), { options });

		expect(error?.message).toContain('may or may not have been');
	});

	it.each(unclear)('is told by Get: %s', async (_, body) => {
		answerWith(body);
		const { error } = await runMagicHour(sandbox(), 'imageProject', 'get', toItems([{}]), {
			parameters: { id },
		});

		expect(error?.message).toContain("doesn't seem to lead to Magic Hour's API");
	});
});
