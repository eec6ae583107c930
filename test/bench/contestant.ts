import { loadContestant, type ContestantSetting, type WorkReport } from './contestants';
import { measure, type Measurement } from './measure';

/** What the process that measures says to a contestant's process. */
export type Command = { kind: 'work'; ids: string[] } | { kind: 'end' };

/** What a contestant's process answers: that it has warmed up, and then what was measured. */
export type Reply =
	| { kind: 'ready' }
	| { kind: 'done'; measurement: Measurement; report: WorkReport };

/** Runs one contestant in this process, which has been started for it alone. */
async function main(setting: ContestantSetting, warmUpIds: string[]): Promise<void> {
	const work = await loadContestant(setting);
	// Loads what is loaded at the first request only, which a running n8n has done long ago.
	await work(warmUpIds);
	process.on('message', (command: Command) => {
		if (command.kind === 'end') process.disconnect();
		else void runWork(command.ids);
	});
	reply({ kind: 'ready' });

	async function runWork(ids: string[]): Promise<void> {
		const { measurement, result } = await measure(async () => await work(ids));
		reply({ kind: 'done', measurement, report: result });
	}
}

function reply(message: Reply): void {
	process.send?.(message);
}

const [setting, warmUpIds] = process.argv
	.slice(2)
	.map((argument) => JSON.parse(argument) as unknown);
void main(setting as ContestantSetting, warmUpIds as string[]);
