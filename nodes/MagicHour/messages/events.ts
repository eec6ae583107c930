const useDownload = 'To get the files, add a Magic Hour node with the Download operation.';

/** What an item of the trigger says where the files of a complete project are not with it. */
export const eventMessages = {
	useDownload,
	unsignedFiles: `The files of unsigned events aren't downloaded. ${useDownload}`,
	noFiles: 'Magic Hour lists no files for this project.',
};

/** Why a trigger does not begin to listen. */
export const noWebhookSecret = {
	message:
		"The credential has no webhook secret, so every event would be rejected: enter one in 'Webhook Secret' of the Magic Hour credential",
	description:
		"Magic Hour's Developer Hub shows the secret when you add this trigger's URL there as a webhook. To try the trigger without a secret, turn on 'Allow Unsigned Events' under Options.",
};
