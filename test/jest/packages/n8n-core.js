requireOnce('../engine/environment.js');
requireOnce('reflect-metadata');
module.exports = requireOnce('n8n-core');
