import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox/sandbox';

/**
 * Gives a test file a sandbox of its own, empty before every test, and stops it after the last.
 *
 * @returns a function that gives the running sandbox
 */
export function useSandbox(options?: SandboxOptions): () => Sandbox {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox(options);
	});
	beforeEach(() => sandbox.reset());
	afterAll(async () => await sandbox.close());
	return () => sandbox;
}
