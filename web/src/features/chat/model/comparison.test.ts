import type { Run, Token } from "@/api/types";
import { makeRun, makeToken } from "@/testing/builders";
import { compare, comparisonInWords, movedFrom, twinInWords } from "./comparison";

/** Tokens by their text, each with its probability. */
function reply(said: Record<string, number>, from = 8): Token[] {
  return Object.entries(said).map(([text, p], i) =>
    makeToken({
      text,
      id: [...text].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7),
      pos: from + i,
      logprob: Math.log(p),
    }),
  );
}

function answer(said: Record<string, number>, over: Partial<Run> = {}): Run {
  const run = makeRun(over);
  return { ...run, tokens: [...run.tokens.slice(0, run.n_prompt), ...reply(said)] };
}

const early = { id: "r0" };
const change = { features: ["mlp.1.2.pos"], strength: 0, positions: "prompt", sign_rule: "own" as const };

test("the first of two answers is called before where the changes differ", () => {
  const [plain, steered] = [answer({ a: 0.5 }, early), answer({ a: 0.5 }, { interventions: [change] })];
  const { before, after } = compare(plain, steered);
  expect([before.run.id, before.title, after.title]).toEqual(["r0", "Before", "After"]);
  expect(compare(plain, answer({ a: 0.5 })).before.title).toBe("First");
});

test("counterparts are known by position from either side, behind an insertion too", () => {
  const { before, after } = compare(answer({ The: 0.9, cat: 0.4 }, early), answer({ The: 0.9, black: 0.1, cat: 0.1 }));
  expect(before.twins.get(9)?.pos).toBe(10);
  expect(after.twins.get(10)?.pos).toBe(9);
  expect(after.twins.has(9)).toBe(false);
  expect([...after.changed]).toEqual([9]);
});

test.each([
  [0.1, 0.4, "up", "Before: 10 %, here 4.0 × more likely"],
  [0.4, 0.1, "down", "Before: 40 %, here 4.0 × less likely"],
  [0.4, 0.5, null, "Before: 40 %"],
] as const)("from %d to %d: %s", (was, is, moved, words) => {
  const [[twin], [token]] = [reply({ a: was }), reply({ a: is })];
  if (!twin || !token) throw new Error("two tokens");
  expect(movedFrom(twin, token)).toBe(moved);
  expect(twinInWords("Before", twin, token).replaceAll("\u2009", " ")).toBe(words);
});

test("a token without counterpart or probability has not moved", () => {
  expect(movedFrom(undefined, makeToken())).toBeNull();
  expect(movedFrom(makeToken({ logprob: null }), makeToken())).toBeNull();
});

test("what changed and what moved is counted in words", () => {
  const before = answer({ The: 0.9, cat: 0.4, sat: 0.6, down: 0.5 }, early);
  expect(comparisonInWords(compare(before, answer({ The: 0.9, cat: 0.1, ran: 0.2, down: 0.5 })))).toEqual([
    "The first 2 tokens are the same; marked: 1 token only before, 1 token only after.",
    "Of the 3 tokens in both, 0 became at least 2 × more likely, 1 less.",
  ]);
  expect(comparisonInWords(compare(before, before))).toEqual([
    "Token for token the same answer.",
    "Of the 4 tokens in both, none became 2 × more or less likely.",
  ]);
  expect(comparisonInWords(compare(answer({ a: 1 }, early), answer({ b: 1 })))).toEqual([
    "They differ from the first token on; marked: 1 token only before, 1 token only after.",
  ]);
});
