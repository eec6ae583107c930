// The one by which the engine sends requests: other packages may have another.
const { createRequire } = requireOnce('node:module');
const engine = createRequire(requireOnce.resolve('n8n-core'));
module.exports = createRequire(engine.resolve('@n8n/backend-network'))('@n8n/config');
