import type { Run, Token } from "@/api/types";

export interface Changes {
  /** Positions of the first reply that have no counterpart in the second, and the other way round. */
  before: ReadonlySet<number>;
  after: ReadonlySet<number>;
  /** The tokens that both have, in order. */
  pairs: readonly (readonly [Token, Token])[];
  /** Tokens from the start on which both agree. */
  agree: number;
}

/** Indices of counterparts. */
type Match = readonly [number, number];

/**
 * Marks what changed between two replies. What both have is their longest common subsequence of token ids, so that what
 * was inserted or left out moves nothing else; where they otherwise differ, single tokens in common are chance and count
 * as changed. While the second is `open`, still being written, what it has not come to yet is not called changed.
 */
export function diffTokens(before: readonly Token[], after: readonly Token[], open = false): Changes {
  const matches = withoutIslands(align(before, after), before.length, after.length);
  const pairs = matches.flatMap(([i, j]): [Token, Token][] => {
    const [left, right] = [before[i], after[j]];
    return left && right ? [[left, right]] : [];
  });
  const kept = [new Set(matches.map(([i]) => i)), new Set(matches.map(([, j]) => j))] as const;
  const reached = open ? (matches.at(-1)?.[0] ?? -1) : before.length;
  return {
    before: new Set(before.filter((_, i) => i < reached && !kept[0].has(i)).map((token) => token.pos)),
    after: new Set(after.filter((_, j) => !kept[1].has(j)).map((token) => token.pos)),
    pairs,
    agree: agreeing(before, after),
  };
}

function agreeing(before: readonly Token[], after: readonly Token[]): number {
  const differs = before.findIndex((token, i) => token.id !== after[i]?.id);
  return differs < 0 ? before.length : differs;
}

/** A longest common subsequence: what both begin and end with, and the best of what is between. */
function align(before: readonly Token[], after: readonly Token[]): Match[] {
  const start = agreeing(before, after);
  const most = Math.min(before.length, after.length) - start;
  let end = 0;
  while (end < most && before.at(-1 - end)?.id === after.at(-1 - end)?.id) end++;
  const middle = longestCommon(before.slice(start, before.length - end), after.slice(start, after.length - end));
  return [
    ...Array.from({ length: start }, (_, i): Match => [i, i]),
    ...middle.map(([i, j]): Match => [start + i, start + j]),
    ...Array.from({ length: end }, (_, i): Match => [before.length - end + i, after.length - end + i]),
  ];
}

/** Of one stretch the tokens that the other has somewhere too: their ids, and where they stand. */
function shared(tokens: readonly Token[], other: readonly Token[]): { ids: Uint32Array; at: readonly number[] } {
  const ids = new Set(other.map((token) => token.id));
  const at = tokens.flatMap((token, i) => (ids.has(token.id) ? [i] : []));
  return { ids: Uint32Array.from(at, (i) => tokens[i]?.id ?? 0), at };
}

/** Found anew with every token that is written, hence among bare numbers, and only of tokens that both have. */
function longestCommon(before: readonly Token[], after: readonly Token[]): Match[] {
  const [left, right] = [shared(before, after), shared(after, before)];
  const [n, m] = [left.ids.length, right.ids.length];
  const width = m + 1;
  const lengths = new Uint16Array((n + 1) * width);
  for (let i = n - 1; i >= 0; i--)
    for (let j = m - 1; j >= 0; j--) {
      const at = i * width + j;
      lengths[at] =
        left.ids[i] === right.ids[j]
          ? (lengths[at + width + 1] ?? 0) + 1
          : Math.max(lengths[at + width] ?? 0, lengths[at + 1] ?? 0);
    }

  const matches: Match[] = [];
  let [i, j] = [0, 0];
  while (i < n && j < m) {
    if (left.ids[i] === right.ids[j]) {
      matches.push([left.at[i] ?? 0, right.at[j] ?? 0]);
      [i, j] = [i + 1, j + 1];
    } else if ((lengths[i * width + j + 1] ?? 0) >= (lengths[(i + 1) * width + j] ?? 0)) j++;
    else i++;
  }
  return matches;
}

/** How many times longer than an island the changes on either side are, for it to be chance. */
const ISLAND = 3;

/** Drops stretches in common that are short against what changed on both sides of them. */
function withoutIslands(matches: readonly Match[], nBefore: number, nAfter: number): Match[] {
  const stretches: Match[][] = [];
  for (const match of matches) {
    const stretch = stretches.at(-1);
    const last = stretch?.at(-1);
    if (stretch && last && match[0] === last[0] + 1 && match[1] === last[1] + 1) stretch.push(match);
    else stretches.push([match]);
  }
  const gap = (left: Match, right: Match): number => Math.max(right[0] - left[0], right[1] - left[1]) - 1;
  return stretches
    .filter((stretch, k) => {
      const [first = [0, 0], last = [0, 0]] = [stretch[0], stretch.at(-1)];
      const left = gap(stretches[k - 1]?.at(-1) ?? [-1, -1], first);
      const right = gap(last, stretches[k + 1]?.[0] ?? [nBefore, nAfter]);
      return Math.min(left, right) <= ISLAND * stretch.length;
    })
    .flat();
}

/** The whole answer of a run, what it was given to begin with included, the template's closing marker left out. */
export function replyOf(run: Pick<Run, "tokens" | "reply_from">): Token[] {
  return run.tokens.slice(run.reply_from).filter((token) => !token.marker);
}
