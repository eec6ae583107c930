import './logCapture';
import { setGlobalState } from 'n8n-workflow';

// n8n-core reads this when it is loaded.
process.env.N8N_LOG_LEVEL = 'debug';

// With every expression n8n asks for the time, which takes long in all time zones but UTC.
setGlobalState({ defaultTimezone: 'UTC' });
