import type { Run, Token } from "@/api/types";
import { type Changes, diffTokens, replyOf } from "@/features/chat/model/diff";
import { givenIn } from "@/features/chat/model/reply";
import { percent, plain, plural } from "@/lib/format";
import { sameInterventions } from "@/lib/interventions";

/** One of two answers, as it is seen from the other. */
export interface Side {
  run: Run;
  /** What it is called: before and after a change, or first and then. */
  title: string;
  /** Positions that only this answer has. */
  changed: ReadonlySet<number>;
  /** By position: the token's counterpart in the other answer. */
  twins: ReadonlyMap<number, Token>;
}

/** Two answers to one question, one given before the other. */
export interface Comparison {
  before: Side;
  after: Side;
  changes: Changes;
}

/** Factor from which on a probability is said to have moved. */
const FACTOR = 2;

export function compare(before: Run, after: Run): Comparison {
  const changes = diffTokens(replyOf(before), replyOf(after), after.state === "running");
  const steered = !sameInterventions(before.interventions, after.interventions);
  return {
    before: {
      run: before,
      title: steered ? "Before" : "First",
      changed: changes.before,
      twins: new Map(changes.pairs.map(([left, right]) => [left.pos, right])),
    },
    after: {
      run: after,
      title: steered ? "After" : "Then",
      changed: changes.after,
      twins: new Map(changes.pairs.map(([left, right]) => [right.pos, left])),
    },
    changes,
  };
}

/** Whether both answers begin alike, in what they were given: then their first own tokens stand at the same place. */
export function sameStart({ before, after }: Pick<Comparison, "before" | "after">): boolean {
  const [one, other] = [givenIn(before.run), givenIn(after.run)];
  return one.length === other.length && one.every((token, i) => token.id === other[i]?.id);
}

/** Whether a token is more or less probable than its counterpart, by a factor worth saying. */
export function movedFrom(twin: Token | undefined, token: Token): "up" | "down" | null {
  const nats = natsFrom(twin, token);
  if (nats === null || Math.abs(nats) < Math.log(FACTOR)) return null;
  return nats > 0 ? "up" : "down";
}

function natsFrom(twin: Token | undefined, token: Token): number | null {
  return twin?.logprob == null || token.logprob === null ? null : token.logprob - twin.logprob;
}

/** A token's counterpart in words, seen from the token: `Before: 12 %, here 4.0 × more likely`. */
export function twinInWords(title: string, twin: Token, token: Token): string {
  if (twin.logprob === null) return `${title}: no probability`;
  const told = `${title}: ${percent(Math.exp(twin.logprob))}`;
  const moved = movedFrom(twin, token);
  if (moved === null) return told;
  const factor = plain(Math.exp(Math.abs(natsFrom(twin, token) ?? 0)));
  return `${told}, here ${factor} × ${moved === "up" ? "more" : "less"} likely`;
}

/** What the comparison found, a sentence each. */
export function comparisonInWords({ changes: { before, after, pairs, agree } }: Comparison): string[] {
  const start = agree === 0 ? "They differ from the first token on" : `${begin(agree)} the same`;
  const differ = `${start}; marked: ${plural(before.size, "token")} only before, ${plural(after.size, "token")} only after.`;
  return [
    before.size + after.size === 0 ? "Token for token the same answer." : differ,
    ...(pairs.length > 0 ? [movesInWords(pairs)] : []),
  ];
}

function begin(agree: number): string {
  return agree === 1 ? "The first token is" : `The first ${plural(agree, "token")} are`;
}

function movesInWords(pairs: Changes["pairs"]): string {
  const moved = pairs.map(([left, right]) => movedFrom(left, right));
  const [up, down] = [moved.filter((one) => one === "up").length, moved.filter((one) => one === "down").length];
  const both = pairs.length === 1 ? "The one token in both" : `Of the ${plural(pairs.length, "token")} in both`;
  if (up + down === 0)
    return pairs.length === 1
      ? `${both} is about as likely as it was.`
      : `${both}, none became ${FACTOR} × more or less likely.`;
  if (pairs.length === 1) return `${both} became at least ${FACTOR} × ${up === 1 ? "more" : "less"} likely.`;
  return `${both}, ${up} became at least ${FACTOR} × more likely, ${down} less.`;
}
