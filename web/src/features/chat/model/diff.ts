import type { Run, Token } from "@/api/types";

export interface Changes {
  /** Positions of the first reply that have no counterpart in the second, and the other way round. */
  before: ReadonlySet<number>;
  after: ReadonlySet<number>;
  /** Tokens from the start on which both agree. */
  agree: number;
}

/** Marks what changed between two replies: everything outside their longest common subsequence of token ids. */
export function diffTokens(before: readonly Token[], after: readonly Token[]): Changes {
  const width = after.length + 1;
  const lengths = new Uint16Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        before[i]?.id === after[j]?.id
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);

  const changes = { before: new Set<number>(), after: new Set<number>(), agree: 0 };
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [left, right] = [before[i], after[j]];
    if (left && right && left.id === right.id) {
      if (i === j && changes.agree === i) changes.agree++;
      [i, j] = [i + 1, j + 1];
    } else if (right && (!left || (lengths[i * width + j + 1] ?? 0) >= (lengths[(i + 1) * width + j] ?? 0))) {
      changes.after.add(right.pos);
      j++;
    } else if (left) {
      changes.before.add(left.pos);
      i++;
    }
  }
  return changes;
}

/** What the model wrote in a run, the template's closing marker left out. */
export function replyOf(run: Pick<Run, "tokens" | "n_prompt">): Token[] {
  return run.tokens.slice(run.n_prompt).filter((token) => !token.marker);
}
