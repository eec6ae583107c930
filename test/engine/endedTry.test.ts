import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { magicHour } from './engine';
import { requestLines, runMagicHour } from './magicHour';
import { Deferred, untilFullyArrived } from './time';
import { useSandbox } from './useSandbox';
import { required } from '../required';

const sandbox = useSandbox();
const execute = required(magicHour.execute, 'execute of the node');
let tries = 0;
let onTry: (number: number) => void = () => {};
beforeAll(() => {
	magicHour.execute = async function () {
		tries++;
		onTry(tries);
		return await execute.call(this);
	};
});
beforeEach(() => {
	tries = 0;
});
afterAll(() => {
	magicHour.execute = execute;
});

/** With n8n's batching, an expression of a later batch ends the node while an earlier one is under way. */
const batching = { batching: { batch: { batchSize: 1, batchInterval: 1 } } };

describe.each<INodeParameters>([{}, { maxCreditsPerRun: 10 }, { minCreditsToKeep: 9_990 }])(
	'where n8n ends a try that is creating a project, with the options %j',
	(options) => {
		it('the next try takes it over', async () => {
			const answer = new Deferred();
			sandbox().addFaults({ method: 'POST', times: 1, fault: { until: answer.promise } });
			const second: INodeExecutionData = { json: { isReady: false } };
			onTry = (number) => {
				second.json.isReady = number > 1;
			};
			const running = runMagicHour(
				sandbox(),
				'imageProject',
				'generate',
				[{ json: { isReady: true } }, second],
				{
					parameters: {
						prompt: "={{ $json.isReady ? 'A lighthouse' : $('Nowhere').item.json.prompt }}",
						imageCount: 1,
						output: 'projectId',
					},
					options,
					requestOptions: batching,
					retryOnFail: true,
					maxTries: 2,
					startsAlone: true,
				},
			);
			while (tries < 2) await nextTurn();
			await untilFullyArrived(sandbox());
			answer.resolve();

			const { json } = await running;
			expect(json.map(({ id }) => id).sort()).toEqual(sandbox().projects.ids().sort());
			expect(json).toHaveLength(2);
			const posts = requestLines(sandbox()).filter((line) => line.startsWith('POST'));
			expect(posts).toHaveLength(2);
		});
	},
);
