import type { Question, Reply, ToolOffer, ToolParameter } from './model';

/**
 * A script that suits any agent: it calls the tool that fits what the person said, once, and then
 * says what the tool returned.
 */
export function callFittingTool({ request, tools, toolResults }: Question): Reply {
	const result = toolResults.at(-1);
	if (result !== undefined) return { say: `The tool returned: ${result}` };
	const tool = fittingTool(request, tools);
	if (tool === undefined) {
		const names = tools.map(({ name }) => name.replaceAll('_', ' ')).join('; ');
		return { say: `I only follow a script. Ask for something that one of my tools does: ${names}` };
	}
	return { call: { tool: tool.name, parameters: argumentsFor(tool.parameters, request) } };
}

/** @returns the tool whose name and description have the most words of the request, if any */
function fittingTool(request: string, tools: ToolOffer[]): ToolOffer | undefined {
	const wanted = wordsOf(request);
	const scored = tools.map((tool) => {
		const offered = new Set(wordsOf(`${tool.name} ${tool.description}`));
		return { tool, score: wanted.filter((word) => offered.has(word)).length };
	});
	return scored
		.filter(({ score }) => score > 0)
		.reduce<
			(typeof scored)[number] | undefined
		>((best, next) => (best === undefined || next.score > best.score ? next : best), undefined)
		?.tool;
}

function wordsOf(text: string): string[] {
	return text.toLowerCase().match(/[a-z]{3,}/g) ?? [];
}

function argumentsFor(
	{ properties = {} }: Pick<ToolParameter, 'properties'>,
	request: string,
): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(properties).map(([name, parameter]) => {
			return [name, argumentFor(name, parameter, request)];
		}),
	);
}

function argumentFor(name: string, parameter: ToolParameter, request: string): unknown {
	switch (parameter.type) {
		case 'object':
			return argumentsFor(parameter, request);
		case 'boolean':
			return false;
		case 'number':
		case 'integer':
			return Number(/\d+/.exec(request)?.[0] ?? 1);
		default:
			return /(^|_)id$/i.test(name) ? idIn(request) : subjectOf(request);
	}
}

/** @returns the word that looks like an ID, or the last one */
function idIn(request: string): string {
	const words = request.match(/[\w-]*\w/g) ?? [];
	return words.find((word) => /[-_\d]/.test(word)) ?? words.at(-1) ?? '';
}

/** @returns what to show, of a request such as "Generate a picture of …" */
function subjectOf(request: string): string {
	return request.replace(/^.*?\b(?:image|photo|picture) of /i, '').replace(/[.!]$/, '');
}
