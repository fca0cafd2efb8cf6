import type { Intervention, RunSummary, Sampling } from "@/api/types";
import { count } from "@/lib/format";
import { sameInterventions } from "@/lib/interventions";

export const DEFAULTS: Sampling = { max_new_tokens: 256, temperature: 0.7, seed: 0 };

export const LIMITS = {
  max_new_tokens: { min: 1, max: 2048, step: 1, whole: true },
  temperature: { min: 0, max: 2, step: 0.1, whole: false },
  seed: { min: 0, max: 2 ** 31 - 1, step: 1, whole: true },
} as const;

export type SettingName = keyof typeof LIMITS;

/** The value a person typed, kept within its limits; null while it is no number. */
export function readSetting(name: SettingName, text: string): number | null {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) return null;
  const { min, max, whole } = LIMITS[name];
  const kept = Math.min(max, Math.max(min, value));
  return whole ? Math.round(kept) : kept;
}

/** `From 1 to 2 048`. */
export function limitsInWords(name: SettingName): string {
  const { min, max } = LIMITS[name];
  return `From ${count(min)} to ${count(max)}`;
}

export function parseSettings(text: string | null): Sampling {
  let stored: unknown = null;
  try {
    stored = JSON.parse(text ?? "null");
  } catch {
    return DEFAULTS;
  }
  if (typeof stored !== "object" || stored === null) return DEFAULTS;
  const get = (name: SettingName): number => {
    const value: unknown = Reflect.get(stored, name);
    return (typeof value === "number" ? readSetting(name, String(value)) : null) ?? DEFAULTS[name];
  };
  return { max_new_tokens: get("max_new_tokens"), temperature: get("temperature"), seed: get("seed") };
}

type Given = Pick<RunSummary, "settings" | "interventions">;

/**
 * Settings for asking the same question again; `answers` are those given under the same system prompt. With nothing
 * changed an answer would come again word for word, so the seed moves on; where something did change, the seed stays
 * and only that change can matter.
 */
export function againSettings(
  chosen: Sampling,
  answers: readonly Given[],
  interventions: readonly Intervention[],
): Sampling {
  const had = answers.some(
    ({ settings, interventions: changes }) =>
      chosen.temperature === settings.temperature &&
      chosen.seed === settings.seed &&
      sameInterventions(changes, interventions),
  );
  return had ? otherSeed(chosen, answers) : chosen;
}

/** The same settings with a seed that no answer was drawn with; at temperature 0 nothing is drawn. */
export function otherSeed(chosen: Sampling, answers: readonly Given[]): Sampling {
  if (chosen.temperature === 0) return chosen;
  const { min, max } = LIMITS.seed;
  const next = Math.max(chosen.seed, ...answers.map((answer) => answer.settings.seed)) + 1;
  return { ...chosen, seed: next > max ? min : next };
}
