import { isRequestError, NetworkError } from '../../nodes/MagicHour/http/errors';
import { messageOf } from '../../nodes/MagicHour/http/classifyError';

/** What was seen of something that the package assumes. */
export interface Sight {
	seen: string;
	same: boolean;
}

/** Something that the package assumes of the API, and how to see whether it is so. */
export interface Assumption<Subject> {
	what: string;
	assumed: string;
	/** Which file of the package holds it. */
	file: string;
	look(subject: Subject): Promise<Sight>;
}

/** An assumption, and what was seen of it. */
export interface Finding extends Sight {
	what: string;
	assumed: string;
	file: string;
}

/** Ends all looks: they would show nothing. */
export class UselessLooks extends Error {}

/** @throws UselessLooks */
export async function check<Subject>(
	{ look, ...assumption }: Assumption<Subject>,
	subject: Subject,
): Promise<Finding> {
	try {
		return { ...assumption, ...(await look(subject)) };
	} catch (error) {
		if (error instanceof UselessLooks) throw error;
		return { ...assumption, seen: describeFailure(error), same: false };
	}
}

function describeFailure(error: unknown): string {
	if (!isRequestError(error)) return messageOf(error);
	return error instanceof NetworkError
		? `no response: ${error.detail === '' ? error.kind : error.detail}`
		: error.message;
}
