import type { Intervention } from "@/api/types";

/**
 * One change to the model, as the page keeps it. `value` null suppresses: 0 wherever the feature's own sign is
 * active. A number is a raw activation, set at every position chosen.
 */
export interface Change {
  features: string[];
  value: number | null;
  positions: string;
  on: boolean;
}

const FEATURE = /^[a-z0-9_-]+(\.\d+){1,2}\.(pos|neg)$/;
const POSITIONS = /^(prompt|all|generated|\d+:\d+)$/;

/** `mlp.3.17.pos+mlp.4.2.neg=0.5@prompt`, `~` before a change that is switched off, `=x` where it suppresses. */
export function formatChanges(changes: readonly Change[]): string {
  return changes
    .map(({ features, value, positions, on }) => `${on ? "" : "~"}${features.join("*")}=${value ?? "x"}@${positions}`)
    .join(",");
}

/** Reads what `formatChanges` wrote; whatever in an address is no change is left out. */
export function parseChanges(text: string): Change[] {
  return text.split(",").flatMap((part) => {
    const match = /^(~?)([^=]+)=([^@]+)@(.+)$/.exec(part);
    if (!match) return [];
    const [, off, names = "", amount = "", positions = ""] = match;
    const features = names.split("*");
    const value = amount === "x" ? null : Number(amount);
    if (!features.every((id) => FEATURE.test(id)) || !POSITIONS.test(positions)) return [];
    if (value !== null && !Number.isFinite(value)) return [];
    return [{ features, value, positions, on: off === "" }];
  });
}

/** What the server is told: only the changes that are switched on. */
export function toInterventions(changes: readonly Change[]): Intervention[] {
  return changes
    .filter((change) => change.on)
    .map(({ features, value, positions }) =>
      value === null
        ? { features, strength: 0, positions, sign_rule: "own" }
        : { features, value, positions, sign_rule: "own" },
    );
}

/** Changes as a run carried them; what the page cannot edit (a query in words) is left out. */
export function fromInterventions(interventions: readonly Intervention[]): Change[] {
  return interventions.flatMap(({ features, strength, value, positions }) => {
    if (!features || features.length === 0 || (strength ?? 0) !== 0) return [];
    return [{ features: [...features], value: value ?? null, positions: positions, on: true }];
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

/** What a person typed as a raw activation; null where it is no finite number. */
export function readValue(text: string): number | null {
  const value = text.trim() === "" ? Number.NaN : Number(text.trim().replace("\u2212", "-"));
  return Number.isFinite(value) ? value : null;
}
