import type { INodePropertyRouting } from 'n8n-workflow';
import { letOnlySuccessPass } from '../http/answer';

/** What every operation shares, for the routing of the Resource parameter. */
export const throughTransport: INodePropertyRouting = {
	send: { paginate: true },
	output: { postReceive: [letOnlySuccessPass] },
};
