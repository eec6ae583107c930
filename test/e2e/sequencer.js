const { default: Sequencer } = require('@jest/test-sequencer');

/** Jest's own order, but for what must have the machine to itself: that comes last. */
module.exports = class extends Sequencer {
	async sort(tests) {
		const inOrder = await super.sort(tests);
		const isLast = ({ path }) => path.endsWith('OwnServer.test.ts');
		return [...inOrder.filter((test) => !isLast(test)), ...inOrder.filter(isLast)];
	}
};
