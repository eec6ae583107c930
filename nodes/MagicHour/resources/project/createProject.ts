import type { INodeProperties } from 'n8n-workflow';
import { downloadFiles, readOutputField } from '../../api/downloads';
import { asUnfinished } from '../../messages/failures';
import { readMaximumWait } from '../../execution/limits';
import { perform } from '../../execution/paginationHook';
import { lookingUp } from '../../execution/profiles';
import { failureOfProject, seeProject } from '../../api/projects';
import { readBody } from '../../input/requestBody';
import { startOnce, type Job } from '../../api/createOnce';
import type { Output, Rule, Subject } from '../../execution/types';
import { Unfinished } from '../../execution/itemError';

/** How an operation makes a project. */
export interface Creation {
	subject: Subject;
	/** Path of the project in the API, with a place for its ID in braces. */
	projectUrl: string;
	/** What goes into the request's body, options included. */
	fields: INodeProperties[];
	/** What the fields must not say together. */
	rules: Rule[];
}

/** Makes a project, and gives its job, the finished project or its files. */
export function createProject({ subject, projectUrl, fields, rules }: Creation) {
	return perform({
		profile: {
			verb: { infinitive: 'create', participle: 'created' },
			effect: 'creates',
			countedAs: subject.name,
		},
		prepare(item) {
			const read = readBody(item, fields, rules);
			const output = item.parameter('output', 'Output', 'completedProject');
			const { name } = read.body;
			const target = item.target(
				typeof name === 'string' ? `the ${subject.name} named "${name}"` : `the ${subject.name}`,
				{ check: 'Check the parameters of this item.' },
			);
			return {
				read,
				target,
				output,
				outputField: output === 'files' ? readOutputField(item) : '',
				maximumWait: readMaximumWait(item),
			};
		},
		async carryOut(item, { read, target, output, outputField, maximumWait }) {
			const job = await startOnce(item, read, target);
			if (output === 'projectId') return [{ json: job }];
			try {
				const seen = {
					url: projectUrl.replace(`{${subject.idParameter}}`, () => encodeURIComponent(job.id)),
					target: {
						...target,
						profile: lookingUp(subject),
						name: `the ${subject.name} "${job.id}"`,
						missing: 'Somebody may have deleted it.',
					},
					pace: subject.pace,
					waits: true,
					maximumWait,
				};
				const project = await seeProject(item, seen);
				const failure = failureOfProject(project, seen.target);
				if (failure !== undefined) throw new Unfinished(failure);
				if (output !== 'files') return [{ json: project }] satisfies Output[];
				return await downloadFiles(item, project, seen, outputField);
			} catch (error) {
				throw withJob(asUnfinished(error, true), job);
			}
		},
	});
}

/** The job goes on, or has cost credits: its failure must not hide it. */
function withJob({ failure, wasAttempted }: Unfinished, job: Job): Unfinished {
	if (failure === undefined) return new Unfinished(undefined, { wasAttempted });
	return new Unfinished({ ...failure, fields: { ...job } }, { wasAttempted });
}
