import type { IDataObject } from 'n8n-workflow';
import { excerpt } from '../http/answer';
import { failureOfStrangeAnswer } from '../messages/failures';
import type { Item } from '../execution/itemContext';
import type { WaitOptions } from '../execution/limits';
import { waitFor } from './polling';
import type { Failure, Pace, Target } from '../execution/types';
import { Unfinished } from '../execution/itemError';
import { counted, joinSentences, upperFirst } from '../messages/text';

/** A project, as Magic Hour describes it. */
export interface Project extends IDataObject {
	status: string;
}

/** A project that is to be looked at. */
export interface ProjectToSee extends WaitOptions {
	url: string;
	target: Target;
	pace: Pace;
}

const stillInWork = ['queued', 'rendering'];

/**
 * Looks a project up and, if that is wanted, waits until it is finished or will never be.
 *
 * @throws Unfinished
 */
export async function seeProject(item: Item, seen: ProjectToSee): Promise<Project> {
	const { waits, maximumWait, target, pace } = seen;
	if (!waits) return await lookUp(item, seen, false);
	return await waitFor(item, {
		target,
		pace,
		maximumWait,
		look: async () => await lookUp(item, seen, true),
		isFinished: (project) => !isInWork(project),
		wordTimeOut: (project) => ({
			message: `${upperFirst(target.name)} was not finished after ${counted(maximumWait, 'second')}`,
			description: joinSentences(
				project === undefined ? undefined : `Its status is ${project.status}.`,
				'Magic Hour goes on with it. To look again, run Get with the same ID; to wait longer, raise Maximum Wait under Options.',
			),
		}),
	});
}

/** Whether a project is still being made. */
export function isInWork({ status, enabled }: Project): boolean {
	return enabled !== false && stillInWork.includes(status);
}

/** @returns why a project that is not in work has no files to give; undefined for one that is complete */
export function failureOfProject(project: Project, { name }: Target): Failure | undefined {
	const what = upperFirst(name);
	if (project.enabled === false) {
		return { message: `${what} was deleted`, description: 'Its files are gone.' };
	}
	switch (project.status) {
		case 'complete':
			return undefined;
		case 'error': {
			const { message, code } = reasonOf(project);
			return {
				message: `${what} failed: ${message}`,
				description: `The reason is Magic Hour's own${code === undefined ? '' : ` (${code})`}. Change what was asked for, and make it again.`,
			};
		}
		case 'canceled':
			return {
				message: `${what} was canceled`,
				description: 'Somebody stopped it in Magic Hour. Make it again to get its files.',
			};
		default:
			return {
				message: `${what} has the status ${excerpt(project.status)}, and is not being made`,
				description: 'Start it in the Magic Hour library, or make another one.',
			};
	}
}

async function lookUp(
	item: Item,
	{ url, target }: ProjectToSee,
	isPatient: boolean,
): Promise<Project> {
	const body = await item.ask({
		method: 'GET',
		url,
		target,
		isRepeatable: true,
		needsBody: true,
		isPatient,
	});
	if (isProject(body)) return body;
	throw new Unfinished(failureOfStrangeAnswer(target));
}

function isProject(body: unknown): body is Project {
	return typeof body === 'object' && body !== null && 'status' in body
		? typeof body.status === 'string'
		: false;
}

function reasonOf({ error }: Project): { message: string; code?: string } {
	const { message, code } = Object(error) as { message?: unknown; code?: unknown };
	return {
		message: typeof message === 'string' ? excerpt(message) : 'Magic Hour gave no reason',
		code: typeof code === 'string' ? excerpt(code) : undefined,
	};
}
