import type { FeatureSet } from "@/api/types";
import { parseFeature } from "@/lib/feature-id";

/** Sets of features as a file: what is exported, and all that is taken in again. */
const FORMAT = "pellucid feature sets";
const VERSION = 1;

export type SetInFile = Pick<FeatureSet, "name" | "features" | "note">;

/** Why a file holds no sets, in words. */
export class NoSets extends Error {}

export function formatSets(sets: readonly SetInFile[]): string {
  const told = sets.map(({ name, features, note }) => ({ name, features, note }));
  return JSON.stringify({ format: FORMAT, version: VERSION, sets: told }, null, 2);
}

/**
 * Reads what `formatSets` wrote. Throws `NoSets` for anything else: a set that is half right is not taken in.
 */
export function parseSets(text: string): SetInFile[] {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw new NoSets("it is not JSON");
  }
  if (get(read, "format") !== FORMAT) throw new NoSets(`it does not say that it holds ${FORMAT}`);
  if (get(read, "version") !== VERSION) throw new NoSets(`only version ${VERSION} can be read here`);
  const sets = get(read, "sets");
  if (!Array.isArray(sets) || sets.length === 0) throw new NoSets("there is no set in it");
  return sets.map(readSet);
}

function readSet(read: unknown, index: number): SetInFile {
  const [name, features, note] = [get(read, "name"), get(read, "features"), get(read, "note") ?? null];
  const which = `set ${index + 1}`;
  if (typeof name !== "string" || name.trim() === "") throw new NoSets(`${which} has no name`);
  if (note !== null && typeof note !== "string") throw new NoSets(`the note of ${which} is no text`);
  if (!Array.isArray(features) || features.length === 0) throw new NoSets(`${which} has no features`);
  const ids = features.map((id: unknown) => {
    if (typeof id !== "string" || parseFeature(id) === null)
      throw new NoSets(`${which} has something that is no feature`);
    return id;
  });
  return { name: name.trim(), features: ids, note };
}

function get(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

/** What to do with a set from a file beside those there are: null where the same is there already. */
export function besides(set: SetInFile, sets: readonly SetInFile[]): SetInFile | null {
  const same = sets.find((one) => one.name === set.name);
  if (!same) return set;
  if (sameFeatures(same, set)) return null;
  for (let n = 2; ; n++) {
    const name = `${set.name} (${n})`;
    const other = sets.find((one) => one.name === name);
    if (!other) return { ...set, name };
    if (sameFeatures(other, set)) return null;
  }
}

function sameFeatures(a: SetInFile, b: SetInFile): boolean {
  return [...new Set(a.features)].sort().join() === [...new Set(b.features)].sort().join();
}
