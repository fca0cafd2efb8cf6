import type { ExampleText, SearchResult } from "@/api/types";
import { parseFeature } from "@/lib/feature-id";
import { count } from "@/lib/format";

/** What a search compares: what features fire on, what they promote, or how strongly they fire on the text itself. */
export type By = "fires" | "output" | "text";

/** Among which features is searched, and by what. */
export interface Filters {
  sign: "pos" | "neg" | null;
  /** The first layer and the last one, both included; null where any will do. */
  from: number | null;
  to: number | null;
  minScore: number | null;
  /** Also what seems not to matter to a user. */
  all: boolean;
  by: By;
}

export const NO_FILTERS: Filters = { sign: null, from: null, to: null, minScore: null, all: false, by: "fires" };

const BYS: readonly By[] = ["fires", "output", "text"];

/** `output;sign=neg;from=3;to=5;score=0.4;all`: only what is set apart; null where nothing is. */
export function formatFilters({ by, sign, from, to, minScore, all }: Filters): string | null {
  const told = [
    by === NO_FILTERS.by ? "" : by,
    sign === null ? "" : `sign=${sign}`,
    from === null ? "" : `from=${from}`,
    to === null ? "" : `to=${to}`,
    minScore === null ? "" : `score=${minScore}`,
    all ? "all" : "",
  ].filter(Boolean);
  return told.length === 0 ? null : told.join(";");
}

/** Reads what `formatFilters` wrote; whatever in an address is no filter filters nothing. */
export function parseFilters(text: string | null): Filters {
  const parts = (text ?? "").split(";");
  const told = new Map(parts.map((part) => [part.split("=")[0], part.split("=")[1] ?? ""]));
  const sign = told.get("sign");
  const score = told.get("score") ?? "";
  return {
    by: BYS.find((by) => told.has(by)) ?? NO_FILTERS.by,
    sign: sign === "pos" || sign === "neg" ? sign : null,
    from: layerIn(told.get("from")),
    to: layerIn(told.get("to")),
    minScore: /^(0\.\d{1,3}|1)$/.test(score) ? Number(score) : null,
    all: told.has("all"),
  };
}

function layerIn(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : null;
}

/** How many hits are asked for at first, and at most. */
export const FIRST = 20;
export const MOST = 200;

/** What the server reads of a query, in characters. */
export const MAX_QUERY = 2000;

/** Layers above any model's: where only the first layer is chosen. */
const BEYOND = 999_999;

/** The address of a search by meaning; where the text is nothing but ids, of a search for features like these. */
export function searchPath(text: string, filters: Filters, k: number): string {
  const query = new URLSearchParams({ k: String(k) });
  const like = featuresIn(text);
  for (const id of like) query.append("like", id);
  if (like.length === 0) query.set("q", text);
  const { sign, minScore, all, by } = filters;
  const layers = layersOf(filters);
  if (sign) query.set("sign", sign);
  if (layers) query.set("layers", layers);
  if (minScore !== null) query.set("min_score", String(minScore));
  if (all) query.set("all", "true");
  if (by === "output") query.set("output", "true");
  return `/api/features?${query}`;
}

/** What is asked to find features that fire on a text. */
export function exampleOf(text: string, filters: Filters, k: number): ExampleText {
  const { sign, minScore, all } = filters;
  return { text, k, sign, layers: layersOf(filters), min_score: minScore, everything: all };
}

/** The ids that a text consists of; none where it says anything else. */
export function featuresIn(text: string): string[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  return words.every((word) => parseFeature(word)) ? words : [];
}

function layersOf({ from, to }: Filters): string | null {
  if (from === null && to === null) return null;
  return `${from ?? 0}:${to === null ? BEYOND : to + 1}`;
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

/** To what features the filters hold a search: `layers 3 to 5, above 0, a score of 0.4 or more`; empty where to none. */
export function heldInWords({ sign, from, to, minScore }: Filters): string {
  const words = [
    from === null && to === null ? "" : to === null ? `layers from ${from} on` : `layers ${from ?? 0} to ${to}`,
    sign === null ? "" : sign === "pos" ? "above 0" : "below 0",
    minScore === null ? "" : `a score of ${minScore} or more`,
  ];
  return words.filter(Boolean).join(", ");
}

/** Characters of a query that name what it found. */
const NAMED = 60;

/** What the features found are called as one change: the query, or the beginning of it. */
export function nameOf(text: string, by: By): string {
  const line = text.trim().replace(/\s+/g, " ");
  const short = line.length > NAMED ? `${line.slice(0, NAMED - 1).trimEnd()}…` : line;
  if (by === "text") return `fires in: ${short}`;
  return featuresIn(text).length > 0 ? `like ${short}` : short;
}
