import type { Intervention } from "@/api/types";

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
}

/** The tail that strengths are multiples of, unless an intervention names another. */
const TAIL = 1e-5;
const FEATURE = /^[a-z0-9_-]+(\.\d+){1,2}\.(pos|neg)$/;
const POSITIONS = /^(prompt|all|generated|\d+:\d+)$/;

/**
 * `mlp.3.17.pos*mlp.4.2.neg=0.5@prompt`, `~` before a change that is switched off, `=x` where it suppresses, `=0.5q`
 * where it is a multiple of the tail quantile.
 */
export function formatChanges(changes: readonly Change[]): string {
  return changes
    .map(({ features, value, strength, positions, on }) => {
      const amount = value ?? (strength === 0 ? "x" : `${strength}q`);
      return `${on ? "" : "~"}${features.join("*")}=${amount}@${positions}`;
    })
    .join(",");
}

/** A change that suppresses these features. */
export function suppressing(features: string[], positions: string): Change {
  return { features, value: null, strength: 0, positions, on: true };
}

/** Reads what `formatChanges` wrote; whatever in an address is no change is left out. */
export function parseChanges(text: string): Change[] {
  return text.split(",").flatMap((part) => {
    const match = /^(~?)([^=]+)=([^@]+)@(.+)$/.exec(part);
    if (!match) return [];
    const [, off, names = "", amount = "", positions = ""] = match;
    const features = names.split("*");
    const times = amount.endsWith("q") ? Number(amount.slice(0, -1) || "x") : 0;
    const value = amount === "x" || amount.endsWith("q") ? null : Number(amount);
    if (!features.every((id) => FEATURE.test(id)) || !POSITIONS.test(positions)) return [];
    if (!Number.isFinite(times) || (value !== null && !Number.isFinite(value))) return [];
    return [{ features, value, strength: times, positions, on: off === "" }];
  });
}

/** What the server is told: only the changes that are switched on. */
export function toInterventions(changes: readonly Change[]): Intervention[] {
  return changes
    .filter((change) => change.on)
    .map(({ features, value, strength, positions }) =>
      value === null
        ? { features, strength, positions, sign_rule: "own" }
        : { features, value, positions, sign_rule: "own" },
    );
}

/** Changes as a run carried them; what the page cannot edit (a query in words, another tail) is left out. */
export function fromInterventions(interventions: readonly Intervention[]): Change[] {
  return interventions.flatMap(({ features, strength, quantile, value, positions }) => {
    if (!features || features.length === 0 || (quantile ?? TAIL) !== TAIL) return [];
    return [{ features: [...features], value: value ?? null, strength: strength ?? 0, positions, on: true }];
  });
}

/** The change made to exactly these features. */
export function changeOf(changes: readonly Change[], features: readonly string[]): Change | undefined {
  return changes.find((change) => keyOf(change.features) === keyOf(features));
}

/** Adds a change; one for exactly the same features takes its place. */
export function withChange(changes: readonly Change[], added: Change): Change[] {
  return [...withoutChange(changes, added.features), added];
}

export function withoutChange(changes: readonly Change[], features: readonly string[]): Change[] {
  return changes.filter((change) => keyOf(change.features) !== keyOf(features));
}

function keyOf(features: readonly string[]): string {
  return [...features].sort().join(",");
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
