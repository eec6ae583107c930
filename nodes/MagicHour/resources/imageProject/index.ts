import type { Resource } from '../../fields/mergeFields';
import { projectOperations } from '../project';
import { changeClothes } from './changeClothes';
import { colorize } from './colorize';
import { edit } from './edit';
import { editFace } from './editFace';
import { generate } from './generate';
import { generateGif } from './generateGif';
import { generateHeadshot } from './generateHeadshot';
import { generateMeme } from './generateMeme';
import { generateQrCode } from './generateQrCode';
import { imageProjectKind } from '../../api/projectKinds';
import { removeBackground } from './removeBackground';
import { swapBody } from './swapBody';
import { swapFace } from './swapFace';
import { swapHead } from './swapHead';
import { upscale } from './upscale';

export const imageProject: Resource = {
	name: 'Image Project',
	value: 'imageProject',
	operations: [
		...projectOperations(imageProjectKind),
		changeClothes,
		colorize,
		edit,
		editFace,
		generate,
		generateGif,
		generateHeadshot,
		generateMeme,
		generateQrCode,
		removeBackground,
		swapBody,
		swapFace,
		swapHead,
		upscale,
	],
	preselected: generate,
};
