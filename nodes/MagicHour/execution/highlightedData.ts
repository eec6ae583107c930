import type { IExecutePaginationFunctions, IWorkflowDataProxyAdditionalKeys } from 'n8n-workflow';

/** The longest value that n8n stores without a warning. */
const maxLength = 255;

/**
 * Notes an ID where n8n stores it with the execution however that ends, also while the node runs: in
 * the highlighted data of the list of executions, which expressions know as `$execution.customData`.
 *
 * @param noun what the ID is of, for example "image project"
 */
export function highlight(context: IExecutePaginationFunctions, noun: string, id: string): void {
	const { $execution }: IWorkflowDataProxyAdditionalKeys = context.getWorkflowDataProxy(0);
	const data = $execution?.customData;
	const key = `magic_hour_${noun.replaceAll(' ', '_')}`;
	// The newest first: of many, the oldest are likely to be complete.
	const others = (data?.get(key) ?? '').split(', ').filter((other) => !['', id].includes(other));
	let value = id;
	for (const other of others) {
		const longer = `${value}, ${other}`;
		if (longer.length <= maxLength) value = longer;
	}
	try {
		data?.set(key, value);
	} catch {
		// By hand, n8n throws what it does not like. A note is not worth losing the project's ID.
	}
}
