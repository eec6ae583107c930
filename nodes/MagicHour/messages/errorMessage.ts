/** What a response that is no success says for itself, word for word. */
export interface ErrorAnswer {
	message?: string;
	/** Machine-readable, for example `insufficient_credits`. */
	code?: string;
}

/** What went wrong, in the words that the user reads. */
export interface ErrorMessage {
	message: string;
	description: string;
	/** The status of the response; absent where there was none. */
	httpCode?: string;
	/** What Magic Hour answered, for the details of the error. */
	answer?: ErrorAnswer;
}

/** What an operation does, for the sentences about its failures. */
export interface OperationWords {
	/** What was done when it is done: "deleted". */
	participle: string;
	/** What a request without a response may have done all the same. */
	effect: 'none' | 'deletes' | 'creates';
	/** What a successful item counts as, in the middle of a sentence, for example "image project". */
	noun: string;
	/** Whether it costs no credits, although it creates something. */
	isFree?: boolean;
	/** The display name of the option that makes a missing one a success, where there is one. */
	ignoreMissingOption?: string;
	/** Whether it is only checked what would be done, so that it has no effect. */
	isDryRun?: boolean;
}

/** What one request is about, for the sentences about its failure. */
export interface ErrorContext {
	operation: OperationWords;
	/** In the middle of a sentence, for example `the image project "x"`. */
	subject: string;
	/** What the user can check when Magic Hour rejects it, as a sentence. */
	hint: string;
	/** What a 404 may mean, as a sentence; absent where nothing can be missing. */
	missingHint?: string;
	/** Host, with port, that the request goes to. */
	host: string;
	/** Whether that is the storage, which hands out files and takes them, and not the API. */
	isStorage?: boolean;
}
