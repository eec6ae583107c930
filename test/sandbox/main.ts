import { startSandbox } from './sandbox';

const port = Number(process.argv[2] ?? process.env.PORT ?? 0);

startSandbox({ port })
	.then((sandbox) => {
		console.log(`Magic Hour sandbox: ${sandbox.url}`);
		console.log(`API key:            ${sandbox.apiKey}`);
		console.log('Control routes are under /sandbox/ (see CONTRIBUTING.md). Press Ctrl-C to stop.');
		const stop = () => void sandbox.close();
		process.once('SIGINT', stop);
		process.once('SIGTERM', stop);
	})
	.catch((error: unknown) => {
		console.error(error);
		process.exitCode = 1;
	});
