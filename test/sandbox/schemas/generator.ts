import type { ProjectKind } from '../projects';
import type { Body, Rule } from './rules';
import { text, type Schema } from './schema';

/** An endpoint that makes projects. */
export interface Generator {
	kind: ProjectKind;
	/** The type that Magic Hour gives the projects. */
	type: string;
	body: Schema;
	/** What it refuses though each field by itself is as it should be. */
	rules?: Rule[];
	/** What a project costs. */
	credits: (body: Body) => number;
	/** How many files a project has; without it, one. */
	files?: (body: Body) => number;
	/** The extension of the files, where it is not that of all projects of the kind. */
	extension?: (body: Body) => string;
}

/** The name that a project can be given. */
export const name: Schema = text();
