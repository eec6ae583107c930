import { errorResponse } from '../sandbox/errors';
import { creates, everyOperation, runOperation, type OperationCall } from './everyOperation';
import { requestLines } from './magicHour';
import { useVirtualTime } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();

/** An error of the API in its documented form, and what a user reads of it. */
interface Failure {
	name: string;
	status: number;
	body: object;
	/** What the message says, before what became of the item. */
	what: string | RegExp;
	/** What the description says, beside what was answered. */
	advice: string | RegExp;
	/** For which operations; without it, for all. */
	concerns?: (call: OperationCall) => boolean;
	/** Whether it may have done its work all the same. */
	isUnclear?: boolean;
	/** Whether its message says all, so that nothing about the item follows. */
	saysAll?: boolean;
}

const isUpload = ({ path }: OperationCall) => path === '/v1/files/upload-urls';
const hasId = ({ path }: OperationCall) => path.endsWith('/{id}');
/** Whether it looks up the account or a list: there is nothing that could be wrong with its parameters. */
const hasNoInput = (call: OperationCall) => call.method === 'GET' && !hasId(call);
const asksForPlan = (call: OperationCall) => creates(call) || isUpload(call);
const credits = /Account → Get tells how many credits are left\. .*magichour\.ai\/pricing/;

const failures: Failure[] = [
	...([400, 422] as const).map((status) => ({
		name: `${status}`,
		...errorResponse(status, 'seed: must be positive'),
		what: 'Magic Hour refused the request: seed: must be positive',
		advice: /Check the /,
		concerns: (call: OperationCall) => !hasNoInput(call),
	})),
	...([400, 422] as const).map((status) => ({
		name: `${status} where nothing was entered`,
		...errorResponse(status, 'Bad cursor'),
		what: 'Magic Hour refused the request: Bad cursor',
		advice: /^/,
		concerns: hasNoInput,
	})),
	{
		name: '401',
		...errorResponse(401, 'Unauthorized'),
		what: 'The API key was not accepted',
		advice: /It said: "Unauthorized"\. Check the API key in the credential\. .*tab=api-keys/,
	},
	{
		name: '402 for credits',
		...errorResponse(402, 'This needs 5 credits'),
		what: 'The Magic Hour account has too few credits',
		advice: credits,
	},
	{
		name: '402 for a subscription',
		...errorResponse(402, 'No', 'subscription_required'),
		what: 'Magic Hour asks for a subscription',
		advice: credits,
	},
	{
		name: '402 for a plan',
		...errorResponse(402, 'No', 'plan_upgrade_required'),
		what: 'Magic Hour asks for a higher plan',
		advice: credits,
	},
	{
		name: '403 for a plan',
		status: 403,
		body: { message: 'Forbidden' },
		what: "Your Magic Hour plan doesn't include what this request needs",
		advice: /A model, resolution, or feature .* may need a higher plan\. .*magichour\.ai\/pricing/,
		concerns: asksForPlan,
	},
	{
		name: '403 of another owner',
		status: 403,
		body: { message: 'Forbidden' },
		what: 'The API key may not do this',
		advice: /Use a key of the account that owns the [a-z ]+\. /,
		concerns: hasId,
	},
	{
		name: '403 of the account, or of a list',
		status: 403,
		body: { message: 'Forbidden' },
		what: 'The API key may not do this',
		advice: /Check the API key in the credential\. (?!.*owns)/,
		concerns: hasNoInput,
	},
	{
		name: '404 of what has the ID',
		...errorResponse(404, 'Not Found'),
		what: /^The [a-z ]+ "abc" was not found \[item 0\]$/,
		advice: /The ID may be wrong, belong to another account, or be of an? /,
		concerns: hasId,
		saysAll: true,
	},
	{
		name: '404 of what the request names',
		...errorResponse(404, 'Not Found'),
		what: "Magic Hour didn't find what this request refers to",
		advice: /Check the Base URL in the credential/,
		concerns: (call) => !hasId(call),
	},
	{
		name: '500',
		...errorResponse(500, 'Internal Server Error'),
		what: 'Magic Hour had a fault of its own',
		advice: /Try again later\./,
		isUnclear: true,
	},
];

describe.each(everyOperation())('$title', (call) => {
	const concerned = failures.filter(({ concerns }) => concerns?.(call) ?? true);

	it.each(concerned)('says clearly what $name means', async (failure) => {
		const { status, body, what, advice, isUnclear = false, saysAll = false } = failure;
		sandbox().addFaults({ fault: { answer: { status, body } } });
		const { error } = await runOperation(sandbox(), call);

		const { message = '', description } = error ?? {};
		if (saysAll) expect(message).toMatch(what);
		else expect(message.slice(0, String(what).length)).toBe(what);
		const mayBeDone = isUnclear && (creates(call) || call.method === 'DELETE');
		const outcome = mayBeDone
			? /, so it is not known whether [^,]+ was [a-z ]+ \[item 0\]$/
			: /, so [^,]+ was not [a-z ]+ \[item 0\]$/;
		if (!saysAll) expect(message).toMatch(outcome);
		expect(description).toMatch(advice);
		expect(description).toMatch(new RegExp(`^Magic Hour answered ${status}( after 3 retries)?\\.`));
		expect(error?.httpCode).toBe(String(status));
		expect(error?.name).toBe('NodeApiError');
		// The editor shows it in the details, as the answer came.
		expect(error?.context?.data).toEqual(body);

		// What creates is never repeated, since the first request may have done it.
		const isRetried = status === 500 && !creates(call);
		expect(requestLines(sandbox())).toHaveLength(isRetried ? 4 : 1);
	});
});
