import { checkApi } from './check';

void checkApi(process.argv.slice(2)).then(({ exitCode, output, isError }) => {
	(isError ? console.error : console.log)(output);
	process.exitCode = exitCode;
});
