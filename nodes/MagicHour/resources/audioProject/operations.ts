export { cloneVoice } from './cloneVoice';
export { generateMusic } from './generateMusic';
export { generateVoice } from './generateVoice';
