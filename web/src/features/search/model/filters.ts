import type { SearchResult } from "@/api/types";
import { count } from "@/lib/format";

/** Among which features is searched, and by what. */
export interface Filters {
  sign: "pos" | "neg" | null;
  /** The first layer and the last one, both included; null where any will do. */
  from: number | null;
  to: number | null;
  minScore: number | null;
  /** Also what seems not to matter to a user. */
  all: boolean;
  /** By what features promote, not by what they fire on. */
  output: boolean;
}

export const NO_FILTERS: Filters = { sign: null, from: null, to: null, minScore: null, all: false, output: false };

/** How many hits are asked for at first, and at most. */
export const FIRST = 20;
export const MOST = 200;

/** What the server reads of a query, in characters. */
export const MAX_QUERY = 2000;

/** Layers above any model's: where only the first layer is chosen. */
const BEYOND = 999_999;

/** The address of a search. */
export function searchPath(text: string, filters: Filters, k: number): string {
  const query = new URLSearchParams({ q: text, k: String(k) });
  const { sign, from, to, minScore, all, output } = filters;
  if (sign) query.set("sign", sign);
  if (from !== null || to !== null) query.set("layers", `${from ?? 0}:${to === null ? BEYOND : to + 1}`);
  if (minScore !== null) query.set("min_score", String(minScore));
  if (all) query.set("all", "true");
  if (output) query.set("output", "true");
  return `/api/features?${query}`;
}

/** Whether there can be a layer between the two. */
export function layersInOrder({ from, to }: Filters): boolean {
  return from === null || to === null || from <= to;
}

/** Everything that was left out, by reason; what says little is told apart, since it can be shown. */
export function leftOutInWords({ searched, filtered }: SearchResult, output = false): string {
  const reasons = [
    [filtered.undescribed, output ? "of which it is not said what they promote" : "without a description"],
    [filtered.layer, "in other layers"],
    [filtered.sign, "of the other sign"],
    [filtered.score, "with a lower score"],
    [filtered.uninteresting, "that say little"],
  ] as const;
  const told = reasons.filter(([n]) => n > 0).map(([n, why]) => `${count(n)} ${why}`);
  const among = `Searched ${count(searched)} features`;
  return told.length === 0 ? `${among}, all there are.` : `${among}; left out: ${told.join(", ")}.`;
}
