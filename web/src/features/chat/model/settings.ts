import type { Intervention, Sampling } from "@/api/types";
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

/**
 * Settings for asking the same question again. With nothing changed the answer would be the same, word for word, so
 * the seed moves on by one; where something did change, the seed stays and only that change can matter.
 */
export function againSettings(
  chosen: Sampling,
  last: { settings: Sampling; interventions: readonly Intervention[] } | null,
  interventions: readonly Intervention[],
): Sampling {
  if (!last || chosen.temperature === 0) return chosen;
  const unchanged =
    chosen.temperature === last.settings.temperature &&
    chosen.seed === last.settings.seed &&
    sameInterventions(last.interventions, interventions);
  return unchanged ? { ...chosen, seed: last.settings.seed + 1 } : chosen;
}
