import type {
	IExecuteFunctions,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
} from 'n8n-workflow';

export type Helpers = (IExecuteFunctions | IExecutePaginationFunctions)['helpers'];

/** What a presigned URL responds with; the headers' names are in lower case. */
interface PresignedResponse {
	statusCode: number;
	headers: Record<string, string | undefined>;
	body: Parameters<Helpers['prepareBinaryData']>[0];
}

/** Sends one request to a presigned URL, which needs no API key and gets none. */
export async function sendPresigned(
	{ httpRequest }: Pick<Helpers, 'httpRequest'>,
	options: IHttpRequestOptions,
): Promise<PresignedResponse> {
	return await httpRequest({
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
		...options,
	});
}
