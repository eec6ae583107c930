// The one that the engine itself has: other packages may have another.
const { createRequire } = requireOnce('node:module');
module.exports = createRequire(requireOnce.resolve('n8n-core'))('@n8n/di');
