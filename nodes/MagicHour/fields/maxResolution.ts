import type { INodeProperties } from 'n8n-workflow';
import { limits } from '../input/fieldLimits';
import { sentAs } from './routing';

/** How large the output may be, for the Options collection. */
export const maxResolutionOption: INodeProperties = {
	displayName: 'Max Resolution (Pixels)',
	name: 'maxResolution',
	type: 'number',
	typeOptions: limits({ numberPrecision: 0 }),
	default: 1024,
	description:
		"The maximum length of the longer side. Without this option, your plan's maximum applies.",
	routing: sentAs('max_resolution'),
};
