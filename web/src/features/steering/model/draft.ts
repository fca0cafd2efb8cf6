import type { Intervention } from "@/api/types";
import { parseFeature } from "@/lib/feature-id";
import { parseSpan } from "@/lib/span";

/**
 * One change to the model, as the page keeps it. A `value` is a raw activation, set at every position chosen. Where it
 * is null, `strength` times the feature's tail quantile is set, wherever the feature's own sign is active: 0 suppresses.
 */
export interface Change {
  features: string[];
  value: number | null;
  strength: number;
  positions: string;
  on: boolean;
  /** The concept in words that the features were found for, or the name of their set. */
  name?: string;
  /** They are a list of their own, a named set or what a search found: words do not stand for them. */
  set?: true;
  /** The tail that the strength is a multiple of, where it is not the usual one. */
  quantile?: number;
  /** `any`: also where the other sign is active. */
  rule?: "any";
}

/** The tail that strengths are multiples of, unless an intervention names another. */
export const TAIL = 1e-5;
/** Multiple of the tail quantile that strengthens, unless another is asked for. */
export const STRENGTHEN = 0.5;

/**
 * `mlp.3.17.pos*mlp.4.2.neg=0.5@prompt`, `~` before a change that is switched off, `=x` where it suppresses, `=0.5q`
 * where it is a multiple of the tail quantile. Behind it, where there is one, `;n=` a name, `;k=set` of a
 * set, `;q=` a tail, `;s=any`.
 */
export function formatChanges(changes: readonly Change[]): string {
  return changes
    .map(({ features, value, strength, positions, on, name, set, quantile, rule }) => {
      const amount = value ?? (strength === 0 ? "x" : `${strength}q`);
      const more = [
        name === undefined ? "" : `;n=${encodeURIComponent(name)}`,
        set ? ";k=set" : "",
        quantile === undefined ? "" : `;q=${quantile}`,
        rule === undefined ? "" : ";s=any",
      ];
      return `${on ? "" : "~"}${features.join("*")}=${amount}@${positions}${more.join("")}`;
    })
    .join(",");
}

/** `prompt`, `all`, `generated` or a range. */
function isPlace(positions: string): boolean {
  return ["prompt", "all", "generated"].includes(positions) || parseSpan(positions) !== null;
}

/** What is written behind a change; null where it makes no sense. */
function readMore(text: string): Pick<Change, "name" | "set" | "quantile" | "rule"> | null {
  const more: Pick<Change, "name" | "set" | "quantile" | "rule"> = {};
  for (const part of text.split(";").slice(1)) {
    const value = part.slice(2);
    if (part.startsWith("n=")) more.name = decoded(value);
    else if (part.startsWith("q=") && Number(value) > 0 && Number(value) < 0.5) more.quantile = Number(value);
    else if (part === "k=set") more.set = true;
    else if (part === "s=any") more.rule = "any";
    else return null;
  }
  return more;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A change that strengthens one feature, as far as it does where nothing else is asked for. */
export function strengthening(features: string[], positions: string): Change {
  return { features, value: null, strength: STRENGTHEN, positions, on: true };
}

/** A change that suppresses these features. */
export function suppressing(features: string[], positions: string): Change {
  return { features, value: null, strength: 0, positions, on: true };
}

/** Reads what `formatChanges` wrote; whatever in an address is no change is left out. */
export function parseChanges(text: string): Change[] {
  return partsOf(text).flatMap((part) => readChange(part) ?? []);
}

/** How many parts of an address are no changes, though they stand where changes do. */
export function countUnread(text: string): number {
  return partsOf(text).filter((part) => readChange(part) === null).length;
}

function partsOf(text: string): string[] {
  return text.split(",").filter((part) => part !== "");
}

/** Strict: null for anything that is no change. */
function readChange(part: string): Change | null {
  const match = /^(~?)([^=]+)=([^@]+)@([^;]+)(;.*)?$/s.exec(part);
  if (!match) return null;
  const [, off, names = "", amount = "", positions = "", behind = ""] = match;
  const more = readMore(behind);
  const features = names.split("*");
  const times = amount.endsWith("q") ? Number(amount.slice(0, -1) || "x") : 0;
  const value = amount === "x" || amount.endsWith("q") ? null : Number(amount);
  if (more === null || !features.every((id) => parseFeature(id)) || !isPlace(positions)) return null;
  if (!Number.isFinite(times) || (value !== null && !Number.isFinite(value))) return null;
  return { features, value, strength: times, positions, on: off === "", ...more };
}

/** What the server is told: only the changes that are switched on. */
export function toInterventions(changes: readonly Change[]): Intervention[] {
  return changes
    .filter((change) => change.on)
    .map(({ features, value, strength, positions, name, quantile, rule }) => ({
      ...(name === undefined ? {} : { name }),
      features,
      ...(value === null ? { strength } : { value }),
      ...(quantile === undefined ? {} : { quantile }),
      positions,
      sign_rule: rule ?? "own",
    }));
}

/** Changes as a run carried them; what the page cannot edit, a concept whose features are not known, is left out. */
export function fromInterventions(interventions: readonly Intervention[]): Change[] {
  return interventions.flatMap(({ name, features, strength, quantile, value, positions, sign_rule }) => {
    if (!features || features.length === 0) return [];
    const change = { features: [...features], value: value ?? null, strength: strength ?? 0, positions, on: true };
    return [
      {
        ...change,
        ...(name == null ? {} : { name }),
        ...(quantile == null || quantile === TAIL ? {} : { quantile }),
        ...(sign_rule === "any" ? { rule: "any" as const } : {}),
      },
    ];
  });
}

/** The changes made to exactly these features, under this name or none: one for each place. */
export function changesOf(changes: readonly Change[], features: readonly string[], name?: string): Change[] {
  const all = sorted(features);
  return changes.filter((change) => change.name === name && sorted(change.features) === all);
}

/** Adds a change as the last; one that changes the same features, or has the same name, at the same place goes. */
export function withChange(changes: readonly Change[], added: Change): Change[] {
  return [...withoutChange(changes, added), added];
}

export function withoutChange(changes: readonly Change[], removed: Change): Change[] {
  return changes.filter((change) => keyOf(change) !== keyOf(removed));
}

/** Puts `next` where `was` stands; where that has gone meanwhile, or is another one now, nothing changes. */
export function withReplaced(changes: readonly Change[], was: Change, next: Change | null): Change[] {
  const at = indexOf(changes, was);
  return changes.flatMap((change, i) => (i === at ? (next ?? []) : change));
}

function indexOf(changes: readonly Change[], change: Change): number {
  const text = JSON.stringify(change);
  return changes.findIndex((one) => JSON.stringify(one) === text);
}

/** Moves a change to be applied earlier or later: where two meet, the later wins. */
export function withMoved(changes: readonly Change[], change: Change, by: 1 | -1): Change[] {
  const from = indexOf(changes, change);
  const moved = [...changes];
  moved.splice(Math.max(0, from + by), 0, ...moved.splice(from, from < 0 ? 0 : 1));
  return moved;
}

/** What a change is about: its name, or else its features. */
export function aimOf({ name, features }: Pick<Change, "name" | "features">): string {
  return name === undefined ? sorted(features) : `“${name}”`;
}

function sorted(features: readonly string[]): string {
  return [...features].sort().join(",");
}

/** What tells a change from the others: what it is about, and where it acts. */
export function keyOf(change: Change): string {
  return `${aimOf(change)}@${change.positions}`;
}

/** How many units the changes that are on name, each counted once. */
export function unitsOf(changes: readonly Change[]): number {
  const named = changes.filter((change) => change.on).flatMap((change) => change.features);
  return new Set(named.map((id) => id.replace(/\.(pos|neg)$/, ""))).size;
}

export type Unit = "raw" | "strength";

/** To what a feature is set, as it is being typed; empty suppresses. */
export interface Amount {
  text: string;
  unit: Unit;
}

/** What is typed, as a change has it; what is no number yet counts as nothing. */
export function fromAmount({ text, unit }: Amount): Pick<Change, "value" | "strength"> {
  const number = readValue(text);
  return unit === "raw" ? { value: number, strength: 0 } : { value: null, strength: number ?? 0 };
}

export function toAmount({ value, strength }: Pick<Change, "value" | "strength">): Amount {
  if (value !== null) return { text: String(value), unit: "raw" };
  return { text: strength === 0 ? "" : String(strength), unit: "strength" };
}

/** What a person typed as a number; null where it is no finite one. */
export function readValue(text: string): number | null {
  const value = text.trim() === "" ? Number.NaN : Number(text.trim().replace("\u2212", "-"));
  return Number.isFinite(value) ? value : null;
}
