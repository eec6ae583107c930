/** Does work once for all who need its result at the same time or later. */
export class SingleFlight<Result> {
	private readonly results = new Map<string, Promise<Result>>();

	/**
	 * @param key what stands for the work; if it fails, it fails for all
	 * @param work starts only with the first call
	 */
	async run(key: string, work: () => Promise<Result>): Promise<Result> {
		const result = this.results.get(key) ?? work();
		this.results.set(key, result);
		return await result;
	}
}
