import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

/** What an operation tells the transport about itself. */
export interface OperationProfile {
	/** What it does, for the messages: "delete", "deleted". */
	verb: { infinitive: string; participle: string };
	/** What a request without an answer may have done all the same. */
	effect: 'none' | 'deletes' | 'creates';
	/** What a finished item counts as, in the middle of a sentence, for example "image project". */
	countedAs: string;
	/** The parameter whose value tells the items of failures apart. */
	identifiedBy?: string;
	/** Fields that go into the item of a failure, with On Error set to Continue. */
	failureFields?: IDataObject;
	/** The switch that makes a 404 a success, where there is one. */
	missing?: MissingPolicy;
}

export interface MissingPolicy {
	/** Path of the switch, below the node's parameters. */
	ignoredByOption: string;
	/** Display name of that switch. */
	ignoredByDisplayName: string;
}

/** A kind of thing that has an ID, as the messages, the API and Magic Hour's links name it. */
export interface Subject {
	/** Its name in the middle of a sentence, for example "image project". */
	name: string;
	/** The node parameter that holds its ID; the request URL has a place for it in braces. */
	idParameter: string;
	/** That parameter's display name. */
	idDisplayName: string;
	/** The query parameter that holds its ID in a Magic Hour library link, if there are such links. */
	libraryLinkParameter?: LibraryLinkParameter;
	/** How often to look whether it is finished. */
	pace: Pace;
}

/** How long to wait between two looks at something that is being made. */
export interface Pace {
	/** Milliseconds between the first two looks. */
	first: number;
	/** Milliseconds that the growing waits do not exceed. */
	longest: number;
}

/** The query parameters by which a library link names a project, and the kind each names. */
export const libraryLinkKinds = {
	imageId: { name: 'image project', url: '/v1/image-projects/{id}', fileKind: 'image' },
	videoId: { name: 'video project', url: '/v1/video-projects/{id}', fileKind: 'video' },
	audioId: { name: 'audio project', url: '/v1/audio-projects/{id}', fileKind: 'audio' },
} as const;

export type LibraryLinkParameter = keyof typeof libraryLinkKinds;

/** What one item is about, for the messages. */
export interface Target {
	profile: OperationProfile;
	/** In the middle of a sentence, for example `the image project "x"`. */
	name: string;
	/** What the user shall check when Magic Hour refuses it, as a sentence. */
	check: string;
	/** What a missing one may mean, as a sentence; absent where nothing can be missing. */
	missing?: string;
	/** Host, with port, of the address that is asked. */
	host: string;
	/** Whether that is the storage, which gives files and takes them, and not the API. */
	isStorage?: boolean;
}

/** Why a parameter cannot be as the user has set it. */
export interface Refusal {
	displayName: string;
	/** What is wrong with its value, to follow its name. */
	reason: string;
	/** What to give instead, as a sentence. */
	advice: string;
}

/** Something that an operation's fields must not say together; sees the request's body. */
export type Rule = (body: IDataObject) => Refusal | undefined;

/** Something that went wrong with one item, in the words that the user reads. */
export interface Failure {
	message: string;
	description: string;
	/** HTTP status of the answer; absent where there was no answer. */
	httpCode?: string;
	/** What else the item of the failure tells, with On Error set to Continue. */
	fields?: IDataObject;
}

/** What an item gives; n8n's link to the input item is added later. */
export interface Output {
	json: IDataObject;
	binary?: IBinaryKeyData;
}

/** How one request ended, after its retries. */
export type Outcome<Result = unknown> =
	| { kind: 'success'; result: Result }
	| { kind: 'answered'; answer: Answer; attempts: Attempts }
	| { kind: 'unanswered'; fault: ConnectionFault; attempts: Attempts }
	| { kind: 'canceled'; wasAttempted: boolean; mayHaveBeenDone: boolean }
	/** An earlier try of the node has sent it, and got no answer. */
	| { kind: 'sentBefore' }
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
