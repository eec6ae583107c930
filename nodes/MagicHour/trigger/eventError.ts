/** Why an event is rejected, in the words that its sender is told. */
export class EventError extends Error {
	/** @param statusCode what the event is answered with */
	constructor(
		readonly statusCode: 400 | 401 | 503,
		message: string,
	) {
		super(message);
	}
}
