import { version } from '../../../package.json';

/** Names this package and its version to whoever gets one of its requests; n8n would name itself. */
export const userAgent = `n8n-nodes-magic-hour/${version}`;
