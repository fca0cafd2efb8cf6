import type { Intervention, Run, Token } from "@/api/types";
import { plain } from "@/lib/format";

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

/** One intervention in words: `mlp.12.3047.pos suppressed in the prompt`. */
export function inWords(intervention: Intervention): string {
  const features = intervention.features ?? [];
  const what = features.length === 1 ? features[0] : `${features.length} features`;
  const how = amountInWords(intervention.value ?? null, intervention.strength ?? 0);
  const named = intervention.name ?? intervention.query;
  return `${named == null ? what : `“${named}”`} ${how} ${whereOf(intervention.positions)}`;
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

export type Steered = "suppress" | "set";

/** How the model was changed at a token, if it was: by the last intervention that acts there. */
export function steeredAt(run: Pick<Run, "interventions" | "n_prompt">, token: Token): Steered | null {
  const last = run.interventions.findLast((one) => reaches(one.positions, token, run.n_prompt));
  if (!last) return null;
  return last.strength === 0 || last.value === 0 ? "suppress" : "set";
}

function reaches(positions: string, { pos, role }: Token, nPrompt: number): boolean {
  const [from, to] = positions.split(":").map(Number);
  if (from !== undefined && to !== undefined) return pos >= from && pos < to;
  if (pos === 0) return false;
  if (positions === "generated") return pos >= nPrompt;
  return positions === "all" || (pos < nPrompt && role !== "assistant");
}
