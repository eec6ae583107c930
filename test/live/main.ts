import { inspect } from 'node:util';
import { createRedactor } from '../../nodes/MagicHour/http/redaction';
import { runLive } from './live';

const { argv, env, stdin: input, stdout: output } = process;

runLive({ parameters: argv.slice(2), env, terminal: { input, output } })
	.then((exitCode) => {
		process.exitCode = exitCode;
	})
	.catch((error: unknown) => {
		// What nobody has foreseen might quote the API key.
		console.error(createRedactor(env.MAGIC_HOUR_API_KEY ?? '')(inspect(error)));
		process.exitCode = 1;
	});
