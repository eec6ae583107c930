import { NodeApiError, UserError, type INode, type JsonObject } from 'n8n-workflow';
import { classifyError } from '../../nodes/MagicHour/http/classifyError';

const node: INode = {
	id: '1',
	name: 'Magic Hour',
	type: 'n8n-nodes-magic-hour.magicHour',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

describe('what n8n blocks before it is sent', () => {
	it.each([
		'The request was blocked because the destination hostname is restricted',
		'The request was blocked because it resolves to a restricted IP address',
		'Domain not allowed: This credential is restricted from accessing api.magichour.ai. Only the following domains are allowed: example.com',
		'No allowed domains specified. Configure allowed domains or change restriction setting.',
		'This credential is configured to prevent use within an HTTP Request node',
	])('surely did not arrive: %s', (reason) => {
		const cause = new UserError(reason);
		for (const error of [cause, new NodeApiError(node, cause as unknown as JsonObject)]) {
			expect(classifyError(error)).toMatchObject({
				kind: 'blocked',
				detail: reason,
				mayHaveArrived: false,
			});
		}
	});
});
