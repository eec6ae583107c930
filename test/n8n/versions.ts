/** A version of n8n that this package is tried on, and what npm must be told to install it. */
export interface N8nRelease {
	version: string;
	/** The major version of Node that runs it, with the native parts that its npm packages bring. */
	nodeMajor: number;
	/** Replacements for packages that the npm registry does not have. */
	overrides: Record<string, string>;
	/** Parts of n8n that look for something on the internet, and that nothing here needs. */
	disabledModules: string[];
}

const shownFirst: N8nRelease = {
	version: '2.41.1',
	nodeMajor: 24,
	overrides: {},
	disabledModules: ['mcp-registry'],
};

/** The n8n versions that the package is tested on, the one that `npm start` shows first. */
export const n8nReleases: N8nRelease[] = [
	shownFirst,
	// Its own manifest takes xlsx from a web server that is not the registry.
	{ version: '1.123.81', nodeMajor: 24, overrides: { xlsx: '0.18.5' }, disabledModules: [] },
];

/**
 * The lowest version that npm has and that the package works in: the one before, 1.82.3, can't load
 * it. `N8N_VERSIONS=1.85.4 npm run e2e` tries it.
 */
export const lowestRelease: N8nRelease = {
	version: '1.85.4',
	nodeMajor: 20,
	overrides: { xlsx: '0.18.5' },
	disabledModules: [],
};

/** The version that is used where none is asked for. */
export const defaultVersion = shownFirst.version;

/** @returns the versions that N8N_VERSIONS names, with commas between them; without it, all of the list */
export function chosenVersions(): string[] {
	const { N8N_VERSIONS: chosen = '' } = process.env;
	return chosen === '' ? n8nReleases.map(({ version }) => version) : chosen.split(',');
}

/**
 * Finds what a version of n8n needs.
 *
 * @param version one of those above, or another: it then needs what its major version's entry needs
 */
export function findRelease(version: string): N8nRelease {
	if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) {
		throw new Error(`"${version}" is not an n8n version. Use a version such as ${defaultVersion}.`);
	}
	const major = majorVersion(version);
	const known =
		[...n8nReleases, lowestRelease].find((release) => release.version === version) ??
		n8nReleases.find((release) => majorVersion(release.version) === major) ??
		shownFirst;
	return { ...known, version };
}

/** @returns the first number of a version */
export function majorVersion(version: string): number {
	return Number(version.split('.')[0]);
}

/** @returns whether a version is older than the first of a minor version */
export function isBefore(version: string, major: number, minor: number): boolean {
	const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
	return ownMajor < major || (ownMajor === major && ownMinor < minor);
}
