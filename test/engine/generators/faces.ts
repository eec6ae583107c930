import fc from 'fast-check';
import type { Sandbox } from '../../sandbox/sandbox';
import { webAddresses, type Files } from './bodies';

/** @returns addresses on the web, and faces that the sandbox has detected */
export function withDetectedFaces({ faces }: Sandbox): Files {
	const { body } = faces.start({ assets: { target_file_path: 'https://example.com/group.png' } });
	const { id } = body as { id: string };
	return (kind) =>
		kind === 'face'
			? fc.constantFrom(`api-assets/${id}/0-0.png`, `api-assets/${id}/1-0.png`)
			: webAddresses(kind);
}
