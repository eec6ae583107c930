const { sleep } = require('../../engine/time');

const workflow = requireOnce('n8n-workflow');
// With every expression n8n asks for the time, which takes long in all time zones but UTC.
workflow.setGlobalState({ defaultTimezone: 'UTC' });

module.exports = { ...workflow, sleep };
