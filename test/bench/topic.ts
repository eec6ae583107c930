import type { ProgressListener } from '../n8n/processes';
import type { AimResult } from './aims';
import type { PackedPackage } from './packed';

/** What a topic is measured with. */
export interface TopicSetup {
	packed: PackedPackage;
	rounds: number;
	/** Where to leave a CPU profile of each process, if anywhere. */
	profileFolder?: string;
	onProgress: ProgressListener;
}

/** What was measured of a topic, as the page shows it. */
export interface TopicTable {
	title: string;
	/** How it was measured, and what the columns are, in Markdown. */
	notes: string;
	headings: string[];
	rows: string[][];
	aims: AimResult[];
}

/** Something other than deletions that is measured beside what a user would take instead. */
export interface Topic {
	title: string;
	/** Starts what it needs, on free ports, and ends it also when it fails. */
	measure: (setup: TopicSetup) => Promise<TopicTable>;
}
