const { tmpdir } = require('node:os');
const { join } = require('node:path');

// n8n-core reads these when it is loaded: it would write into the home folder otherwise.
process.env.N8N_USER_FOLDER ??= join(tmpdir(), 'n8n-nodes-magic-hour');
process.env.N8N_ENCRYPTION_KEY ??= 'key-of-an-engine-that-stores-nothing';
process.env.N8N_LOG_LEVEL ??= 'silent';
