import { exampleOf, featuresIn, layersInOrder, leftOutInWords, NO_FILTERS, searchPath } from "./filters";

test("only what is filtered is asked for; the last layer counts", () => {
  expect(searchPath("a & b", NO_FILTERS, 20)).toBe("/api/features?k=20&q=a+%26+b");
  const filters = { sign: "neg", from: 3, to: 5, minScore: 0.4, all: true, by: "output" } as const;
  expect(searchPath("x", filters, 40)).toBe(
    "/api/features?k=40&q=x&sign=neg&layers=3%3A6&min_score=0.4&all=true&output=true",
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

test("a text of ids alone asks for features like these", () => {
  expect(featuresIn(" mlp.1.2.pos, mlp.3.4.neg ")).toEqual(["mlp.1.2.pos", "mlp.3.4.neg"]);
  expect(featuresIn("like mlp.1.2.pos")).toEqual([]);
  expect(featuresIn("")).toEqual([]);
  expect(searchPath("mlp.1.2.pos mlp.3.4.neg", NO_FILTERS, 20)).toBe(
    "/api/features?k=20&like=mlp.1.2.pos&like=mlp.3.4.neg",
  );
});

test("a text that features are to fire in goes with the same filters", () => {
  expect(exampleOf("x", { ...NO_FILTERS, from: 3, sign: "pos", all: true }, 40)).toEqual({
    text: "x",
    k: 40,
    sign: "pos",
    layers: "3:999999",
    min_score: null,
    everything: true,
  });
});
