import { freePort } from '../n8n/processes';
import { lowestRelease, majorVersion } from '../n8n/versions';
import { sortedRequests, credentialFor, describeOnEachVersion } from './fixture';

describeOnEachVersion('the credential test', (fixture) => {
	it('passes with a key that Magic Hour accepts', async () => {
		const { n8n, sandbox, credential } = fixture();
		const result = await n8n.testCredential(credential, credentialFor(sandbox));
		expect(result.status).toBe('OK');
		expect(sortedRequests(sandbox.requests)).toEqual(['GET /v1/account']);
		expect(sandbox.requests[0]?.headers.authorization).toBe(`Bearer ${sandbox.apiKey}`);
	});

	it('tells that a key is not accepted, and where to make one', async () => {
		const { version, n8n, sandbox, credential } = fixture();
		const data = credentialFor(sandbox, { apiKey: 'mhk_live_wrong' });
		const result = await n8n.testCredential(credential, data);
		expect(result.status).toBe('Error');
		// A late n8n 1 loses the answer on the way to the credential's own texts, and shows one of its own.
		expect(result.message).toBe(
			majorVersion(version) < 2 && version !== lowestRelease.version
				? 'Authorization failed - please check your credentials'
				: 'Magic Hour rejected this API key. Create one at https://magichour.ai/developer?tab=api-keys',
		);
		expect(sandbox.requests.map(({ status }) => status)).toContain(401);
	});

	it('fails with a word about the connection when nobody listens at the Base URL', async () => {
		const { n8n, sandbox, credential } = fixture();
		const baseUrl = `http://127.0.0.1:${await freePort()}`;
		const result = await n8n.testCredential(credential, credentialFor(sandbox, { baseUrl }));
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(/refused|ECONNREFUSED/);
		expect(sandbox.requests).toEqual([]);
	});

	it('fails when the Base URL names a host that does not exist', async () => {
		const { n8n, sandbox, credential } = fixture();
		const baseUrl = 'http://no-such-host.invalid';
		const result = await n8n.testCredential(credential, credentialFor(sandbox, { baseUrl }));
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(/ENOTFOUND|EAI_AGAIN|incorrect host/);
	});
});
