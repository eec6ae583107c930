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
	const key = `magic_hour_${noun.replaceAll(' ', '_')}`;
	const earlier = $execution?.customData?.get(key);
	let value = id;
	// The newest first: of many, the oldest are likely to be complete.
	for (const other of (earlier ?? '').split(', ')) {
		const longer = `${value}, ${other}`;
		if (other === '' || other === id || longer.length > maxLength) continue;
		value = longer;
	}
	$execution?.customData?.set(key, value);
}
