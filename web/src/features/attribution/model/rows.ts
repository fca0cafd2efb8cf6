import type { Effect, MeasuredEffect } from "@/api/types";

/** One unit at one position, whatever is said of it: an effect on the target, or how active it is. */
export type Site = Pick<
  Effect,
  "id" | "layer" | "index" | "sign" | "pos" | "activation" | "summary" | "description" | "score"
>;

export function siteKey(site: { id: string; pos: number }): string {
  return `${site.id}@${site.pos}`;
}

/** The best number there is for a site, in nats; positive promoted the target. */
export function natsOf({ effect, attribution }: Pick<Effect, "effect" | "attribution">): number {
  return effect ?? attribution;
}

export function isMeasured({ effect, measured }: Pick<Effect, "effect" | "measured">): boolean {
  return measured || effect != null;
}

export type Side = "all" | "promoted" | "hindered";

/** The sites of one side, in the order the estimate gave them: measuring never moves a row under the pointer. */
export function onSide(effects: readonly Effect[], side: Side): Effect[] {
  return effects.filter((effect) => side === "all" || (side === "promoted" ? natsOf(effect) > 0 : natsOf(effect) < 0));
}

/** The largest absolute value on the page: all bars share its scale. */
export function scaleOf(effects: readonly Effect[]): number {
  const sizes = effects.flatMap((effect) => [Math.abs(natsOf(effect)), Math.abs(effect.attribution)]);
  return Math.max(1e-9, ...sizes);
}

/** Puts measured effects beside their estimates; all other sites stay the same objects. */
export function withMeasured(effects: readonly Effect[], measured: readonly MeasuredEffect[]): Effect[] {
  const found = new Map(measured.map((one) => [siteKey(one), one.effect]));
  return effects.map((effect) => {
    const value = found.get(siteKey(effect));
    return value === undefined ? effect : { ...effect, effect: value };
  });
}

export function countMeasured(effects: readonly Effect[]): number {
  return effects.filter(isMeasured).length;
}
