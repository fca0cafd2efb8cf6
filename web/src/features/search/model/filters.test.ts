import { layersInOrder, leftOutInWords, NO_FILTERS, searchPath } from "./filters";

test("only what is filtered is asked for; the last layer counts", () => {
  expect(searchPath("a & b", NO_FILTERS, 20)).toBe("/api/features?q=a+%26+b&k=20");
  const filters = { sign: "neg", from: 3, to: 5, minScore: 0.4, all: true, output: true } as const;
  expect(searchPath("x", filters, 40)).toBe(
    "/api/features?q=x&k=40&sign=neg&layers=3%3A6&min_score=0.4&all=true&output=true",
  );
  expect(layersInOrder({ ...NO_FILTERS, from: 5, to: 4 })).toBe(false);
});

test("what was left out is counted by reason", () => {
  const filtered = { undescribed: 0, layer: 0, sign: 1200, score: 0, uninteresting: 3 };
  const result = { hits: [], searched: 10, filtered, uninteresting_above: 3, notes: [] };
  expect(leftOutInWords(result).replaceAll("\u2009", "")).toBe(
    "Searched 10 features; left out: 1200 of the other sign, 3 that say little.",
  );
  expect(leftOutInWords({ ...result, filtered: { ...filtered, sign: 0, uninteresting: 0 } })).toMatch(/all there are/);
});
