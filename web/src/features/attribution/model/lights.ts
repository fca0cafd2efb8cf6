import { type Site, siteKey } from "@/features/attribution/model/rows";
import type { Lit } from "@/lib/pointing";

/** Where each feature fires in a run, by id and position: 0 to 1, of its tail quantile, or of its largest there. */
export type Firing = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** How a row meets a token: it stands there, or its feature only fires there. */
export type Met = "stands" | "fires";

const NOWHERE: ReadonlyMap<number, number> = new Map();

/** What a row lights: where it stands and its feature fires; until that is known, wherever the feature is listed. */
export function lightsOf(key: string, sites: readonly Site[], firing: Firing | undefined): Omit<Lit, "run"> | null {
  const site = sites.find((one) => siteKey(one) === key);
  if (!site) return null;
  const fires = firing?.get(site.id);
  if (fires) return { at: [site.pos], fires };
  return { at: sites.filter((one) => one.id === site.id).map((one) => one.pos), fires: NOWHERE };
}

/** The rows that meet a token, by key. */
export function metAt(pos: number, sites: readonly Site[], firing: Firing | undefined): Map<string, Met> {
  const met = new Map<string, Met>();
  for (const site of sites) {
    if (site.pos === pos) met.set(siteKey(site), "stands");
    else if (firing?.get(site.id)?.has(pos)) met.set(siteKey(site), "fires");
  }
  return met;
}

/** Tokens by themselves. */
export function lightsAt(at: readonly number[]): Omit<Lit, "run"> {
  return { at, fires: NOWHERE };
}
