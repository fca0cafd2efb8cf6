import type { Token } from "@/api/types";
import { plain } from "@/lib/format";

export interface Known {
  /** Share of the probability that the listed alternatives cover, 0 to 1. */
  covered: number;
  /** Lower bound of the entropy in nats. */
  entropy: number;
  /** The entropy is this to every digit shown, whatever the tokens not listed share. */
  exact: boolean;
}

/** More tokens than any vocabulary has: the rest of the probability cannot be spread wider. */
const MOST_TOKENS = 2 ** 20;

/**
 * What the listed alternatives say about the entropy. Every token not listed is at most as probable as the least
 * probable one listed, so it adds at least `-log` of that for its share: a lower bound. Spread over a whole vocabulary
 * that share adds most: an upper bound.
 */
export function knownEntropy(token: Token): Known | null {
  const logprobs = token.top.map((alternative) => alternative.logprob);
  if (logprobs.length === 0) return null;
  const covered = Math.min(1, sum(logprobs.map(Math.exp)));
  const listed = sum(logprobs.map((logprob) => -Math.exp(logprob) * logprob));
  const rest = Math.max(0, 1 - covered);
  const entropy = listed + rest * -Math.min(...logprobs);
  const most = rest === 0 ? entropy : listed + rest * Math.log(MOST_TOKENS / rest);
  return { covered, exact: plain(entropy) === plain(most), entropy };
}

/** 0 to 3: how far below one half the probability is; each step is two bits or so. */
export function surprise(logprob: number | null): 0 | 1 | 2 | 3 {
  if (logprob === null || logprob > Math.log(0.5)) return 0;
  if (logprob > Math.log(0.15)) return 1;
  return logprob > Math.log(0.02) ? 2 : 3;
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
