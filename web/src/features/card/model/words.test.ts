import { makeDescribed } from "@/testing/builders";
import { baselinesOf, verdictOf } from "./words";

test("the description comes first, and what is not defined is left out", () => {
  const rows = baselinesOf(makeDescribed({ shuffled: null }));
  expect(rows.map(({ value, own }) => [value, own])).toEqual([
    [0.62, true],
    [0.48, false],
    [0.31, false],
  ]);
  expect(rows[0]).toMatchObject({ low: 0.55, high: 0.68 });
});

test.each([
  [{}, /more than a table/],
  [{ unigram: 0.8 }, /less than a table/],
  [{ unigram: 0.8, best_token: 0.7 }, /single token predicts it better/],
  [{ score: 0.1 }, /^Unsure/],
] as const)("%j is told", (over, words) => {
  expect(verdictOf(makeDescribed(over))).toMatch(words);
});
