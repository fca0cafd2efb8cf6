import type { Intervention, Run, Token } from "@/api/types";
import { plain, plural } from "@/lib/format";
import { holds, parseSpan } from "@/lib/span";

const WHERE: Record<string, string> = {
  prompt: "in the prompt",
  all: "everywhere",
  generated: "in the answer",
};

/** Where a change acts, in words. */
export function whereOf(positions: string): string {
  return WHERE[positions] ?? `at positions ${positions.replace(":", " to before ")}`;
}

/** `suppressed`, `set to 2.5`, `set to 0.50 × tail quantile`. */
export function amountInWords(value: number | null, strength: number): string {
  if (value !== null) return `set to ${plain(value)}`;
  return strength === 0 ? "suppressed" : `set to ${plain(strength)} × tail quantile`;
}

/** What an intervention changes and to what: `mlp.12.3047.pos suppressed`. */
export function changeInWords(intervention: Intervention): string {
  const { features, name, query, value, strength } = intervention;
  return `${titleOf(features ?? [], name ?? query)} ${amountInWords(value ?? null, strength ?? 0)}`;
}

/** One intervention in words: `mlp.12.3047.pos suppressed in the prompt`. */
export function inWords(intervention: Intervention): string {
  return `${changeInWords(intervention)} ${whereOf(intervention.positions)}`;
}

/** What is changed: a concept by its name, one feature by its id, several by their number. */
export function titleOf(features: readonly string[], name: string | null | undefined): string {
  if (name != null) return `“${name}”`;
  return features.length === 1 ? String(features[0]) : plural(features.length, "feature");
}

/** Whether two lists change the model in the same way, whatever they are called. */
export function sameInterventions(a: readonly Intervention[], b: readonly Intervention[]): boolean {
  const key = (one: Intervention): unknown[] => [
    one.features ?? one.query ?? [],
    one.value ?? null,
    one.strength ?? null,
    one.quantile ?? null,
    one.positions,
    one.sign_rule,
  ];
  return JSON.stringify(a.map(key)) === JSON.stringify(b.map(key));
}

/** What a change does to what it names, as far as its value alone can tell. */
export type Act = "suppress" | "strengthen" | "set";
/** The mark of a token: what the changes that act there do; `several` where they do not all do the same. */
export type Mark = Act | "several";

export function actOf({ value, strength }: Pick<Intervention, "value" | "strength">): Act {
  const amount = value ?? strength ?? 0;
  if (amount === 0) return "suppress";
  return value == null && amount > 0 ? "strengthen" : "set";
}

/** Which of some features were suppressed when a run was made, anywhere in it. */
export function suppressedIn(run: Pick<Run, "interventions">, features: readonly string[]): string[] {
  const made = new Set(
    run.interventions.filter((one) => actOf(one) === "suppress").flatMap((one) => one.features ?? []),
  );
  return features.filter((id) => made.has(id));
}

/** The changes that act at any of these tokens, in the order in which they are made: the later wins. */
export function actsAt(run: Pick<Run, "interventions" | "reply_from">, tokens: readonly Token[]): Intervention[] {
  return run.interventions.filter((one) => tokens.some((token) => reaches(one.positions, token, run.reply_from)));
}

export function markOf(changes: readonly Intervention[]): Mark | null {
  const acts = new Set(changes.map(actOf));
  const [first = null] = acts;
  return acts.size > 1 ? "several" : first;
}

/** `prompt` is all system and user turns; token 0 is reached only where a range names it. */
function reaches(positions: string, { pos, role }: Token, replyFrom: number): boolean {
  const span = parseSpan(positions);
  if (span) return holds(span, pos);
  if (pos === 0) return false;
  if (positions === "generated") return pos >= replyFrom;
  return positions === "all" || (pos < replyFrom && role !== "assistant");
}
