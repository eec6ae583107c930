import type { Resource } from '../../fields/mergeFields';
import { projectOperations } from '../project';
import { addSubtitles } from './addSubtitles';
import { edit } from './edit';
import { generateAnimation } from './generateAnimation';
import { generateFromAudio } from './generateFromAudio';
import { generateFromImage } from './generateFromImage';
import { generateFromText } from './generateFromText';
import { generateTalkingPhoto } from './generateTalkingPhoto';
import { videoProjectKind } from '../../api/projectKinds';
import { replaceCharacter } from './replaceCharacter';
import { restyle } from './restyle';
import { swapFace } from './swapFace';
import { syncLips } from './syncLips';

export const videoProject: Resource = {
	name: 'Video Project',
	value: 'videoProject',
	operations: [
		...projectOperations(videoProjectKind),
		addSubtitles,
		edit,
		generateAnimation,
		generateFromAudio,
		generateFromImage,
		generateFromText,
		generateTalkingPhoto,
		replaceCharacter,
		restyle,
		swapFace,
		syncLips,
	],
	preselected: generateFromText,
};
