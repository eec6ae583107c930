import { generate } from 'selfsigned';

/** @returns a new certificate of localhost that nobody trusts, with its key */
export async function selfSigned(): Promise<{ key: string; cert: string }> {
	const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
	return { key, cert };
}
