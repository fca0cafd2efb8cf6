/** How much a reply repeats itself; the same number and bounds as the server's. */

const GRAM = 3;
/** Share of repeated runs from which a reply is said to babble. */
const BABBLING = 0.5;
/** Tokens up to which repetition says little. */
const SHORT = 24;

/** The share of runs of three ids that occurred earlier; 0 where there are none. */
export function repeated(ids: readonly number[]): number {
  const runs = ids.slice(GRAM - 1).map((_, at) => ids.slice(at, at + GRAM).join());
  return runs.length === 0 ? 0 : 1 - new Set(runs).size / runs.length;
}

/** Whether half of what was written had been written before. */
export function babbles(ids: readonly number[]): boolean {
  return ids.length > SHORT && repeated(ids) >= BABBLING;
}
