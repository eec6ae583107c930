const { sleep } = require('../../engine/time');

module.exports = { ...requireOnce('n8n-workflow'), sleep };
