/** The code that the API puts into the body of an error, by status; the first of those of a 402. */
const errorCodes = {
	400: 'invalid_request',
	401: 'unauthorized',
	402: 'insufficient_credits',
	404: 'not_found',
	422: 'unprocessable_entity',
	500: 'internal_server_error',
};

/** What the API answers to a request that it rejects. */
export interface ErrorResponse {
	status: number;
	body: { code: string; message: string };
}

/**
 * Makes an error of the API in its documented form.
 *
 * @param code where the status has several
 */
export function errorResponse(
	status: keyof typeof errorCodes,
	message: string,
	code = errorCodes[status],
): ErrorResponse {
	return { status, body: { code, message } };
}
