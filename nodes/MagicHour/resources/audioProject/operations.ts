export { cloneVoice } from './cloneVoice';
export { generateVoice } from './generateVoice';
