import { parseArgs } from 'node:util';
import { messageOf } from '../../nodes/MagicHour/http/classifyError';
import { propertiesOf } from '../../nodes/MagicHour/http/json';
import { createRedactor } from '../../nodes/MagicHour/http/redaction';
import { accountPath } from '../../nodes/MagicHour/api/account';
import { findBaseUrlIssue } from '../../nodes/MagicHour/execution/baseUrl';
import { confirm, readAccount, type Terminal } from '../account';
import { check, UselessLooks, type Finding } from './assumption';
import { Client } from './client';
import { excessAssumption, freeAssumptions, type FreeLooks } from './freeAssumptions';
import { cheapest, paidAssumptions, type PaidLooks } from './paidAssumptions';
import { describeDifferences, toTable } from './table';

const apiDocument = 'https://magichour.ai/openapi.json';
const usage = `Usage: MAGIC_HOUR_API_KEY=… npm run live [-- <options>]

Checks whether the Magic Hour API works as this package expects. It spends no credits, and leaves
only one uploaded image of one pixel.

  --spend            Also generate one image with ${cheapest.model} (about ${cheapest.credits} credits), download it,
                     and delete it. Asks for confirmation first.
  --yes              Don't ask.
  --document <file>  OpenAPI document to compare the node with: a JSON file or a URL
                     (default ${apiDocument}).

MAGIC_HOUR_BASE_URL sets another server, such as the sandbox.
Exit code: 0 if everything is as expected, 1 if something differs, and 2 if it can't start.`;

/** Where the command reads from and writes to. */
export interface LiveOptions {
	/** Those of the command line. */
	parameters: string[];
	env: NodeJS.ProcessEnv;
	terminal: Terminal;
}

/**
 * Compares what the package assumes of the API with what it does, and prints it.
 *
 * @returns with what the process ends
 */
export async function runLive({ parameters, env, terminal }: LiveOptions): Promise<0 | 1 | 2> {
	const account = readAccount(env);
	const redact = createRedactor(account?.apiKey ?? '');
	const print = (text: string) => void terminal.output.write(`${redact(text)}\n`);
	const settings = readParameters(parameters);
	if (settings === undefined) {
		print(usage);
		return 2;
	}
	if (account === undefined) {
		print(`Set MAGIC_HOUR_API_KEY.\n\n${usage}`);
		return 2;
	}
	const issue = findBaseUrlIssue(account.baseUrl);
	if (issue !== undefined) {
		print(`MAGIC_HOUR_BASE_URL ${issue.reason}. ${issue.advice}`);
		return 2;
	}

	print(`Checking ${account.baseUrl} …`);
	const client = new Client(account, redact);
	const looks: FreeLooks = { client, document: settings.document };
	const findings: Finding[] = [];
	try {
		for (const assumption of freeAssumptions) findings.push(await check(assumption, looks));
	} catch (error) {
		if (!(error instanceof UselessLooks)) throw error;
		print(`Magic Hour rejected the API key in MAGIC_HOUR_API_KEY: ${error.message}`);
		return 2;
	}
	if (settings.spends && (await maySpend(settings.asks, terminal, print))) {
		findings.push(...(await spend(client, print)));
	}
	findings.push(await check(excessAssumption, looks));

	print(`\n${toTable(findings)}\n\n${describeDifferences(findings)}`);
	if (looks.report !== undefined) print(`\n${looks.report}`);
	return findings.every(({ same }) => same) ? 0 : 1;
}

interface Settings {
	document: string;
	spends: boolean;
	asks: boolean;
}

/** @returns undefined for parameters that there are not */
function readParameters(args: string[]): Settings | undefined {
	try {
		const {
			document,
			spend: spends,
			yes,
		} = parseArgs({
			args,
			options: {
				document: { type: 'string', default: apiDocument },
				spend: { type: 'boolean', default: false },
				yes: { type: 'boolean', default: false },
			},
		}).values;
		return { document, spends, asks: !yes };
	} catch {
		return undefined;
	}
}

async function maySpend(
	asks: boolean,
	terminal: Terminal,
	print: (text: string) => void,
): Promise<boolean> {
	if (!asks) return true;
	const { model, credits } = cheapest;
	const question = `This generates one image with ${model}, which costs about ${credits} credits, and deletes it. Type "yes" to continue: `;
	// Nobody is there to be asked.
	const isAgreed = terminal.input.isTTY === true && (await confirm(question, terminal));
	if (!isAgreed) print('Nothing was generated. Type "yes" in a terminal, or add --yes.');
	return isAgreed;
}

/** Generates an image, and deletes it. What is left over is told with its ID. */
async function spend(client: Client, print: (text: string) => void): Promise<Finding[]> {
	const before = await readCredits(client);
	const looks: PaidLooks = { client, tell: print, isGone: false };
	const findings: Finding[] = [];
	try {
		for (const assumption of paidAssumptions) findings.push(await check(assumption, looks));
	} finally {
		const { id, isGone } = looks;
		if (id !== undefined && !isGone) {
			print(
				`The image project ${id} was not deleted. Delete it with Image Project → Delete, or in https://magichour.ai/my-library`,
			);
		}
	}
	const charge = looks.charge === undefined ? '' : ` Charged: ${String(looks.charge)}.`;
	print(`Credits before: ${before}. After: ${await readCredits(client)}.${charge}`);
	return findings;
}

async function readCredits(client: Client): Promise<string> {
	try {
		const { body } = await client.request('GET', accountPath);
		return String(propertiesOf(body).credits ?? 'unknown');
	} catch (error) {
		return `unknown (${messageOf(error)})`;
	}
}
