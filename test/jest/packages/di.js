const { dirname } = require('node:path');

// The one that n8n-core itself has: other packages bring others.
const ofCore = { paths: [dirname(requireOnce.resolve('n8n-core'))] };
module.exports = requireOnce(requireOnce.resolve('@n8n/di', ofCore));
