import type { Effect, MeasuredEffect } from "@/api/types";

/** One site as a row: the best number there is for it, and whether that was measured. */
export interface Row {
  key: string;
  effect: Effect;
  /** In nats; positive promoted the target. */
  value: number;
  measured: boolean;
}

export function siteKey(site: { id: string; pos: number }): string {
  return `${site.id}@${site.pos}`;
}

export function toRow(effect: Effect): Row {
  const measured = effect.measured || effect.effect != null;
  return { key: siteKey(effect), effect, value: effect.effect ?? effect.attribution, measured };
}

export type Side = "all" | "promoted" | "hindered";

/** The rows of one side, in the order the estimate gave them: measuring never moves a row under the pointer. */
export function rowsOf(effects: readonly Effect[], side: Side): Row[] {
  return effects.map(toRow).filter((row) => side === "all" || (side === "promoted" ? row.value > 0 : row.value < 0));
}

/** The largest absolute value on the page: all bars share its scale. */
export function scaleOf(effects: readonly Effect[]): number {
  const sizes = effects.flatMap((effect) => [Math.abs(toRow(effect).value), Math.abs(effect.attribution)]);
  return Math.max(1e-9, ...sizes);
}

/** Puts measured effects beside their estimates. */
export function withMeasured(effects: readonly Effect[], measured: readonly MeasuredEffect[]): Effect[] {
  const found = new Map(measured.map((one) => [siteKey(one), one.effect]));
  return effects.map((effect) => {
    const value = found.get(siteKey(effect));
    return value === undefined ? effect : { ...effect, effect: value };
  });
}

export function countMeasured(effects: readonly Effect[]): number {
  return effects.filter((effect) => effect.measured || effect.effect != null).length;
}
