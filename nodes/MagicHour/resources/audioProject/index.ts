import type { Resource } from '../../fields/mergeFields';
import { projectOperations } from '../project';
import { cloneVoice } from './cloneVoice';
import { generateVoice } from './generateVoice';
import { audioProjectKind } from '../../api/projectKinds';

export const audioProject: Resource = {
	name: 'Audio Project',
	value: 'audioProject',
	operations: [...projectOperations(audioProjectKind), cloneVoice, generateVoice],
	preselected: generateVoice,
};
