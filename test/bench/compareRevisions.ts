import { makeCases } from './cases';
import { measureLoading, unpackPackage, type PackedPackage } from './packed';
import { alternate, runOnce, type BenchSetup } from './run';
import { median } from './statistics';

const loadings = 11;

/**
 * Compares the node with itself as it was in an earlier commit, in one run, in turns.
 *
 * @param present the package as it is now
 * @param revision the commit
 * @param items how many projects a run has
 * @param print is handed each line of the result
 */
export async function compareWithRevision(
	setup: BenchSetup,
	present: PackedPackage,
	revision: string,
	{ rounds, items }: { rounds: number; items: number },
	print: (line: string) => void,
): Promise<void> {
	const earlier = await unpackPackage(revision);
	try {
		const contestants = { now: present, earlier };
		const { at0, generated } = makeCases(items);
		for (const oneCase of [at0, generated]) {
			const runs = await alternate(['now', 'earlier'] as const, rounds, async (name) => {
				const { folder } = contestants[name];
				return await runOnce({ ...setup, packageFolder: folder }, 'node', oneCase);
			});
			const timeOf = (name: keyof typeof contestants): number => {
				const { figures = [], crashes = [] } = runs.get(name) ?? {};
				const failures = figures.filter(({ done }) => done < items).map(({ error }) => error ?? '');
				const wrong = [...crashes, ...failures];
				if (wrong.length > 0) throw new Error(wrong.join('; '));
				return median(figures.map(({ milliseconds }) => milliseconds));
			};
			const [now, before] = [timeOf('now'), timeOf('earlier')];
			print(
				`${oneCase.title}: ${seconds(now)} s, and ${seconds(before)} s in ${revision} (${(now / before).toFixed(2)} times as long; medians of ${rounds} rounds)`,
			);
		}
		for (const [name, packed] of Object.entries(contestants)) {
			const loading = await measureLoading(packed, loadings);
			print(
				`Loading ${name}: ${loading?.median.toFixed(1)} ms; tarball: ${(packed.tarballSize / 1000).toFixed(1)} kB`,
			);
		}
	} finally {
		await earlier.remove();
	}
}

function seconds(milliseconds: number): string {
	return (milliseconds / 1000).toFixed(2);
}
