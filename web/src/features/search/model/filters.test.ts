import {
  exampleOf,
  type Filters,
  featuresIn,
  formatFilters,
  heldInWords,
  layersInOrder,
  leftOutInWords,
  NO_FILTERS,
  nameOf,
  parseFilters,
  searchPath,
} from "./filters";

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

const every: Filters = { sign: "neg", from: 0, to: 5, minScore: 0.4, all: true, by: "text" };

test.each([NO_FILTERS, every, { ...NO_FILTERS, by: "output" }, { ...NO_FILTERS, from: 7, to: 3 }] as Filters[])(
  "filters survive the address: %j",
  (filters) => {
    expect(parseFilters(formatFilters(filters))).toEqual(filters);
  },
);

test("what is set apart is told, what makes no sense filters nothing", () => {
  expect(formatFilters(NO_FILTERS)).toBeNull();
  expect(formatFilters(every)).toBe("text;sign=neg;from=0;to=5;score=0.4;all");
  expect(parseFilters("luck;sign=up;from=-1;to=12345;score=2;=;")).toEqual(NO_FILTERS);
});

test("what a search is held to is said in words", () => {
  expect(heldInWords(NO_FILTERS)).toBe("");
  expect(heldInWords(every)).toBe("layers 0 to 5, below 0, a score of 0.4 or more");
  expect(heldInWords({ ...NO_FILTERS, from: 3 })).toBe("layers from 3 on");
});

test("what was found is called by the beginning of the query", () => {
  expect(nameOf(" months\nof the year ", "fires")).toBe("months of the year");
  expect(nameOf("mlp.1.2.pos", "output")).toBe("like mlp.1.2.pos");
  expect(nameOf("a".repeat(100), "text")).toBe(`fires in: ${"a".repeat(59)}…`);
});
