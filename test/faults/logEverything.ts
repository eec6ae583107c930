import './logCapture';

// n8n-core reads this when it is loaded.
process.env.N8N_LOG_LEVEL = 'debug';
