import type { Histogram } from "@/api/types";

/** One bin as it is drawn. */
export interface Bin {
  from: number;
  to: number;
  count: number;
  /** 0 to 1, logarithmic: a bin of one token is seen beside one of a million. */
  height: number;
  /** On the feature's side of zero. */
  own: boolean;
}

export function binsOf({ low, high, counts }: Histogram, sign: "pos" | "neg"): Bin[] {
  const step = (high - low) / Math.max(1, counts.length);
  const most = Math.log1p(Math.max(0, ...counts));
  return counts.map((count, i) => {
    const [from, to] = [low + i * step, low + (i + 1) * step];
    const middle = (from + to) / 2;
    return {
      from,
      to,
      count,
      height: count === 0 ? 0 : Math.max(0.04, Math.log1p(count) / most),
      own: sign === "pos" ? middle > 0 : middle < 0,
    };
  });
}

/** Where a value stands, 0 to 1; beyond the ends it is at the end, as in the counts. */
export function placeOf(value: number, { low, high }: Histogram): number {
  if (high <= low) return 0.5;
  return Math.min(1, Math.max(0, (value - low) / (high - low)));
}

/** The bin a value is counted in. */
export function binOf(value: number, histogram: Histogram): number {
  return Math.min(histogram.counts.length - 1, Math.floor(placeOf(value, histogram) * histogram.counts.length));
}
