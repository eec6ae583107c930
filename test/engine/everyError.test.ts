import { errorResponse } from '../sandbox/errors';
import { creates, everyOperation, runOperation, type OperationCall } from './everyOperation';
import { requestLines } from './magicHour';
import { findStyleIssues } from './style';
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
/** @returns what to do about something that may have been done */
function makingSure({ method, path }: OperationCall): RegExp {
	if (method === 'DELETE') {
		return /^To make sure that it's deleted, run the node again with 'Ignore Already Deleted' turned on\. /;
	}
	return path === '/v1/face-detection'
		? /^If you run this item again, a second face detection may start, at no cost\. /
		: /^The node didn't retry, because that could charge you twice\. Before you run this item again, check your library /;
}

const credits = /^To see how many credits are left, use Account → Get\. .*magichour\.ai\/pricing /;

const failures: Failure[] = [
	...([400, 422] as const).map((status) => ({
		name: `${status}`,
		...errorResponse(status, 'seed: must be positive'),
		what: 'Magic Hour rejected the request ("seed: must be positive")',
		advice: /^Check (?:'[A-Z]|the parameters of this item)/,
		concerns: (call: OperationCall) => !hasNoInput(call),
	})),
	...([400, 422] as const).map((status) => ({
		name: `${status} where nothing was entered`,
		...errorResponse(status, 'Bad cursor'),
		what: 'Magic Hour rejected the request ("Bad cursor")',
		advice: /^/,
		concerns: hasNoInput,
	})),
	{
		name: '401',
		...errorResponse(401, 'Unauthorized'),
		what: 'Magic Hour rejected the API key',
		advice:
			/^Check the API key in the credential, or create one at .*tab=api-keys \(HTTP 401: "Unauthorized"\)$/,
	},
	{
		name: '402 for credits',
		...errorResponse(402, 'This needs 5 credits'),
		what: "The Magic Hour account doesn't have enough credits",
		advice: credits,
	},
	{
		name: '402 for a subscription',
		...errorResponse(402, 'No', 'subscription_required'),
		what: 'Magic Hour requires a subscription for this',
		advice: credits,
	},
	{
		name: '402 for a plan',
		...errorResponse(402, 'No', 'plan_upgrade_required'),
		what: 'Magic Hour requires a higher plan for this',
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
		what: "The API key isn't allowed to do this",
		advice: /^Use a key from the account that owns the [a-z ]+, or create one at /,
		concerns: hasId,
	},
	{
		name: '403 of the account, or of a list',
		status: 403,
		body: { message: 'Forbidden' },
		what: "The API key isn't allowed to do this",
		advice: /^Check the API key in the credential, or (?!.*owns)/,
		concerns: hasNoInput,
	},
	{
		name: '404 of what has the ID',
		...errorResponse(404, 'Not Found'),
		what: /^The [a-z ]+ "abc" was not found \[item 0\]$/,
		advice: /^The ID may be wrong or belong to another account, or the [a-z ]+ no longer exists\./,
		concerns: hasId,
		saysAll: true,
	},
	{
		name: '404 of what the request names',
		...errorResponse(404, 'Not Found'),
		what: "Magic Hour couldn't find what this request refers to",
		advice: /Check 'Base URL' in the credential/,
		concerns: (call) => !hasId(call),
	},
	{
		name: '500',
		...errorResponse(500, 'Internal Server Error'),
		what: 'Magic Hour is temporarily unavailable',
		advice: /^Try again later\. /,
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
			? /, so [^,]+ may or may not have been [a-z ]+ \[item 0\]$/
			: /, so [^,]+ was not [a-z ]+ \[item 0\]$/;
		if (!saysAll) expect(message).toMatch(outcome);
		expect(description).toMatch(mayBeDone ? makingSure(call) : advice);
		expect(findStyleIssues(error ?? undefined)).toEqual([]);
		expect(description).toMatch(new RegExp(`\\(HTTP ${status}( after 3 retries)?(: ".*")?\\)$`));
		expect(error?.httpCode).toBe(String(status));
		expect(error?.name).toBe('NodeApiError');
		// The editor shows it in the details, as the answer came.
		expect(error?.context?.data).toEqual(body);

		// What creates is never repeated, since the first request may have done it.
		const isRetried = status === 500 && !creates(call);
		expect(requestLines(sandbox())).toHaveLength(isRetried ? 4 : 1);
	});
});
