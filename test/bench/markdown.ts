import { judgeAims, percent } from './aims';
import type { CaseResult, ContestantResult, Results } from './results';
import type { Spread } from './statistics';

const megabyte = 1024 * 1024;

/** @returns what was measured, in Markdown */
export function toMarkdown(results: Results): string {
	const { machine, rounds, startedAt, cases, topics, loading, tarballSize } = results;
	const allAims = [...judgeAims(results), ...topics.flatMap((topic) => topic.aims)];
	const aims = allAims.map(({ aim, measured, isMet }) => [
		aim,
		measured,
		isMet === undefined ? '–' : isMet ? 'yes' : 'no',
	]);
	const sections = [
		`Measured on ${startedAt.slice(0, 10)} with Node.js ${machine.node} on ${machine.platform}, ${machine.processors} × ${machine.processor}. Each figure is the median of ${rounds} rounds, with the lowest and highest in parentheses.`,
		table(['Aim', 'Measured', 'Met'], aims),
		...Object.values(cases).map(sectionOf),
		...topics.map(({ title, notes, headings, rows }) =>
			[`### ${title}`, notes, table(headings, rows)].join('\n\n'),
		),
		'### Loading and size',
		table(
			['Measure', 'Figure'],
			[
				[
					'Time to load the node and the credential',
					`${spread(loading, (value) => value.toFixed(1))} ms`,
				],
				['Size of the tarball', `${(tarballSize / 1024).toFixed(1)} KiB`],
			],
		),
	];
	return sections.join('\n\n');
}

function sectionOf({ title, contestants }: CaseResult): string {
	const results = Object.values(contestants);
	const columns: Array<[string, (result: ContestantResult) => string]> = [
		['Contestant', ({ title: name }) => name],
		['ms per item', ({ perItem }) => spread(perItem, (value) => value.toFixed(2))],
		['Total, s', ({ total }) => spread(total, (value) => (value / 1000).toFixed(2))],
		[
			'Processor time, s',
			({ processorTime }) => spread(processorTime, (value) => (value / 1000).toFixed(2)),
		],
		['Most in flight', ({ highestInFlight }) => spread(highestInFlight, String)],
		[
			'Longest event-loop delay, ms',
			({ eventLoopDelay }) => spread(eventLoopDelay, (value) => value.toFixed(0)),
		],
		[
			'Peak memory, MiB',
			({ peakMemory }) => spread(peakMemory, (value) => (value / megabyte).toFixed(0)),
		],
		[
			'Requests per project',
			({ requestsPerItem }) => spread(requestsPerItem, (value) => value.toFixed(2)),
		],
		['Status 429', ({ refusedShare }) => spread(refusedShare, percent)],
		['Not done', ({ notDone }) => spread(notDone, String)],
		['Sandbox busy', ({ sandboxBusy }) => spread(sandboxBusy, (value) => percent(value))],
	];
	const failures = results.flatMap(({ title: name, errors }) =>
		errors.map((error) => `- ${name}: ${error.replace(/\s+/g, ' ').slice(0, 200)}`),
	);
	return [
		`### ${title}`,
		table(
			columns.map(([heading]) => heading),
			results.map((result) => columns.map(([, write]) => write(result))),
		),
		...(failures.length > 0 ? [`Errors:\n\n${failures.join('\n')}`] : []),
	].join('\n\n');
}

function table(headings: string[], rows: string[][]): string {
	const lines = [headings, headings.map(() => '---'), ...rows];
	return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** @returns the median, and the extremes where they differ from it as written */
export function spread(value: Spread | undefined, write: (value: number) => string): string {
	if (value === undefined) return '–';
	const [lowest, highest] = [write(value.lowest), write(value.highest)];
	return lowest === highest ? write(value.median) : `${write(value.median)} (${lowest}–${highest})`;
}
