const useDownload = 'To fetch the files, add a Magic Hour node with the operation Download.';

/** What an item of the trigger says where the files of a complete project are not with it. */
export const eventMessages = {
	useDownload,
	unsignedFiles: `Files of unsigned events are not fetched. ${useDownload}`,
	noFiles: 'Magic Hour lists no files for this project.',
};
