import type { Effect } from "@/api/types";
import { countMeasured, natsOf } from "@/features/attribution/model/rows";

export type By = "layer" | "position";

/** The sites shown of one layer or of one position, and the sum of what each did alone. */
export interface Sum {
  /** The layer, or the position. */
  at: number;
  effects: Effect[];
  /** In nats, at least 0: of the sites that promoted the target. */
  promoted: number;
  /** In nats, at most 0: of those that held it back. */
  hindered: number;
  nPromoted: number;
  nHindered: number;
  nMeasured: number;
}

/** Layers from the last one down, as the map has them, or positions as they are read. */
export function sumsOf(effects: readonly Effect[], by: By): Sum[] {
  const groups = new Map<number, Effect[]>();
  for (const effect of effects) {
    const at = by === "layer" ? effect.layer : effect.pos;
    groups.set(at, [...(groups.get(at) ?? []), effect]);
  }
  const order = by === "layer" ? -1 : 1;
  return [...groups].map(([at, own]) => sumOf(at, own)).sort((a, b) => order * (a.at - b.at));
}

function sumOf(at: number, effects: Effect[]): Sum {
  const values = effects.map(natsOf);
  const [up, down] = [values.filter((value) => value > 0), values.filter((value) => value < 0)];
  return {
    at,
    effects,
    promoted: total(up),
    hindered: total(down),
    nPromoted: up.length,
    nHindered: down.length,
    nMeasured: countMeasured(effects),
  };
}

export function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** The farthest that any of the bars reaches to one side, in nats. */
export function reachOf(sums: readonly Sum[]): number {
  return Math.max(1e-9, ...sums.flatMap(({ promoted, hindered }) => [promoted, -hindered]));
}
