/** What a status means for the request that it answers. */
interface StatusClass {
	/** The first and the last status of the class. */
	from: number;
	to: number;
	/** Whether a request may be sent again that does no harm if it is done twice. */
	retriesIdempotent: boolean;
	/** Whether a request may be sent again that creates something each time. */
	retriesCreating: boolean;
	/** Whether the request may have done its work all the same. */
	ambiguous: boolean;
	/** Whether a wait that the response asks for holds back all requests of the run. */
	pausesRun: boolean;
	/** Whether the server has taken the request, and counts it against its rate limit. */
	accepted: boolean;
}

const final = {
	retriesIdempotent: false,
	retriesCreating: false,
	ambiguous: false,
	pausesRun: false,
	accepted: true,
};
const temporary = { ...final, retriesIdempotent: true, ambiguous: true, pausesRun: true };

/** Nothing that ends a request has a status below 200: whoever sends one has said nothing. */
const noResponse: StatusClass = { ...final, from: 0, to: 199, ambiguous: true };

/**
 * What each status means for a retry: nothing else in the package knows. The first row that has the
 * status counts. A 2xx is here only as a web page, which stands in the place of the response.
 *
 * @see https://docs.magichour.ai/api-reference/errors
 */
export const statusClasses: StatusClass[] = [
	{ ...final, from: 200, to: 299, ambiguous: true },
	{
		...final,
		from: 429,
		to: 429,
		retriesIdempotent: true,
		retriesCreating: true,
		pausesRun: true,
		accepted: false,
	},
	{ ...temporary, from: 500, to: 500 },
	{ ...temporary, from: 502, to: 504 },
	{ ...final, from: 501, to: Infinity, ambiguous: true },
	{ ...final, from: 300, to: 499 },
];

/** @returns what a status means */
export function classOf(statusCode: number): StatusClass {
	return statusClasses.find(({ from, to }) => statusCode >= from && statusCode <= to) ?? noResponse;
}
