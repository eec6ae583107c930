const useDownload = 'To fetch the files, add a Magic Hour node with the operation Download.';

/** What an item of the trigger says where the files of a complete project are not with it. */
export const eventMessages = {
	useDownload,
	unsignedFiles: `Files of unsigned events are not fetched. ${useDownload}`,
	noFiles: 'Magic Hour lists no files for this project.',
};

/** Why a trigger does not begin to listen. */
export const noWebhookSecret = {
	message:
		"The credential has no webhook secret, so every event would be rejected. Enter it in 'Webhook Secret' of the Magic Hour credential.",
	description:
		"You get the secret in Magic Hour's Developer Hub when you add this trigger's URL as a webhook there. To try the trigger without one, turn on 'Allow Unsigned Events' under Options.",
};
