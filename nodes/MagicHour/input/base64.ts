import type { FileFault } from '../messages/files';

/**
 * Checks the content of a file that n8n keeps within its item. Node.js would decode anything, and leave
 * out what it cannot read. Line breaks, the alphabet for URLs and a missing padding are no fault.
 *
 * @param data what should be base64
 */
export function findBase64Fault(data: unknown): FileFault | undefined {
	if (typeof data !== 'string') return 'notBase64';
	if (!/[^\s=]/.test(data)) return 'empty';
	if (/^\s*data:/i.test(data)) return 'dataUri';
	// One search for a wrong character: a pattern of the whole text would have to remember all of it.
	if (/[^\w+/\-=\s]/.test(data)) return 'notBase64';
	const text = /\s/.test(data) ? data.replace(/\s+/g, '') : data;
	const end = text.indexOf('=');
	if (end !== -1 && /[^=]/.test(text.slice(end))) return 'notBase64';
	const length = end === -1 ? text.length : end;
	return length % 4 === 1 ? 'notBase64' : undefined;
}

/**
 * @param data base64 without a fault
 * @param count how many bytes are wanted
 */
export function firstBytes(data: string, count: number): Uint8Array {
	// Line breaks take a little room, too.
	return Buffer.from(data.slice(0, count * 2), 'base64').subarray(0, count);
}
