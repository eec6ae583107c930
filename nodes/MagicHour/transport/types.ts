import type { IDataObject } from 'n8n-workflow';

/** What an operation tells the transport about itself. */
export interface OperationProfile {
	/** What the request acts on. */
	subject: Subject;
	/** What it does to it, for the messages: "delete", "deleted". */
	verb: { infinitive: string; participle: string };
	/** Fields that go beside the ID into the item of a success. */
	successFields: IDataObject;
	/** Fields that go beside the ID into the item of a failure, with On Error set to Continue. */
	failureFields: IDataObject;
	/** How the operation treats an answer of 404. */
	missing: MissingPolicy;
}

/** A kind of project, as the messages name it and as Magic Hour's links name it. */
export interface Subject {
	/** Its name in the middle of a sentence, for example "image project". */
	name: string;
	/** The node parameter that holds its ID; the request URL has a place for it in braces. */
	idParameter: string;
	/** That parameter's display name. */
	idDisplayName: string;
	/** The query parameter that holds its ID in a Magic Hour library link. */
	libraryLinkParameter: LibraryLinkParameter;
}

/** The query parameters by which a library link names a project, and the kind each names. */
export const libraryLinkKinds = {
	imageId: 'image project',
	videoId: 'video project',
	audioId: 'audio project',
} as const;

export type LibraryLinkParameter = keyof typeof libraryLinkKinds;

export interface MissingPolicy {
	/** Path, below the node's parameters, of the switch that makes a 404 a success. */
	ignoredByOption: string;
	/** Display name of that switch. */
	ignoredByDisplayName: string;
	/** Fields that are added to the item when the switch made it a success. */
	ignoredFields: IDataObject;
}

/** Something that went wrong with one item, in the words that the user reads. */
export interface Failure {
	message: string;
	description: string;
	/** HTTP status of the answer; absent where there was no answer. */
	httpCode?: string;
}

/** How one request ended, after its retries. */
export type Outcome =
	| { kind: 'success' }
	| { kind: 'answered'; answer: Answer; attempts: Attempts }
	| { kind: 'unanswered'; fault: ConnectionFault; attempts: Attempts }
	| { kind: 'canceled'; wasAttempted: boolean; mayHaveBeenDone: boolean }
	| { kind: 'notAttempted' };

export interface Attempts {
	/** How often the request was repeated. */
	retries: number;
	/** Whether an earlier attempt may have done its work without saying so. */
	mayHaveBeenDone: boolean;
	/** Set when a longer wait was asked for or reached than this node allows. */
	waitCeiling?: string;
}

/** An answer that is not a success (anything but 2xx). */
export interface Answer {
	statusCode: number;
	headers: IDataObject;
	/** The machine-readable code that newer answers carry, for example `insufficient_credits`. */
	code?: string;
	/** Whether Magic Hour itself says that there is no such thing: anything may answer 404. */
	saysNotFound: boolean;
	/** What the answer says for itself, or the beginning of it, without the API key; may be empty. */
	text: string;
}

/** Why a request got no answer. */
export interface ConnectionFault {
	kind:
		| 'badAddress'
		| 'canceled'
		| 'closed'
		| 'nameNotFound'
		| 'refused'
		| 'timedOut'
		| 'tls'
		| 'unreachable'
		| 'other';
	/** The error code of Node.js or of OpenSSL, or the message where there is no code. */
	detail: string;
	/** Whether the request may have reached Magic Hour. */
	mayHaveArrived: boolean;
}
