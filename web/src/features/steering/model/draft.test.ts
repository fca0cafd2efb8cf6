import {
  type Change,
  changesOf,
  countUnread,
  formatChanges,
  fromAmount,
  fromInterventions,
  parseChanges,
  readValue,
  toAmount,
  toInterventions,
  unitsOf,
  withChange,
  withMoved,
  withoutChange,
  withReplaced,
} from "./draft";

const suppress: Change = {
  features: ["mlp.12.3047.pos", "mlp.3.1.neg"],
  value: null,
  strength: 0,
  positions: "prompt",
  on: true,
};
const clamp: Change = { features: ["mlp.0.5.neg"], value: -1.25, strength: 0, positions: "3:9", on: false };
const strengthen: Change = { features: ["mlp.0.5.neg"], value: null, strength: 0.5, positions: "all", on: true };

test("changes survive the address", () => {
  expect(parseChanges(formatChanges([suppress, clamp, strengthen]))).toEqual([suppress, clamp, strengthen]);
  expect(formatChanges([strengthen])).toBe("mlp.0.5.neg=0.5q@all");
  expect(parseChanges("")).toEqual([]);
  expect(countUnread("")).toBe(0);
  expect(countUnread(formatChanges([suppress, clamp, strengthen]))).toBe(0);
});

test("a concept keeps its name, tail and sign rule in the address and on the way to the server", () => {
  const concept: Change = { ...strengthen, name: "“a”; b=1, c@d 50%", quantile: 1e-7, rule: "any" };
  expect(parseChanges(formatChanges([concept, suppress]))).toEqual([concept, suppress]);
  expect(toInterventions([concept])).toEqual([
    {
      name: concept.name,
      features: strengthen.features,
      strength: 0.5,
      quantile: 1e-7,
      positions: "all",
      sign_rule: "any",
    },
  ]);
  expect(fromInterventions(toInterventions([concept]))).toEqual([concept]);
  expect(withChange([concept, suppress], { ...concept, features: ["mlp.1.1.pos"] })).toHaveLength(2);
});

test("a named set is told from a concept in the address, and to the server only by its name", () => {
  const set: Change = { ...suppress, name: "months", set: true };
  expect(formatChanges([set])).toBe("mlp.12.3047.pos*mlp.3.1.neg=x@prompt;n=months;k=set");
  expect(parseChanges(formatChanges([set]))).toEqual([set]);
  expect(toInterventions([set])[0]).not.toHaveProperty("set");
});

test("a unit counts once, whatever its sign and however often it is named", () => {
  expect(unitsOf([suppress, strengthen, { ...strengthen, features: ["mlp.0.5.pos", "mlp.9.9.pos"] }, clamp])).toBe(4);
});

test("a large value and a small one survive it too", () => {
  const odd = [1e21, 1e-7].map((value, i) => ({ ...clamp, features: [`mlp.1.${i}.pos`], value }));
  expect(parseChanges(formatChanges(odd))).toEqual(odd);
});

test.each([
  "mlp.1.2=0@prompt",
  "mlp.1.pos=x@prompt",
  "mlp.01.2.pos=x@prompt",
  "mlp.1.2.pos=NaN@prompt",
  "mlp.1.2.pos=Infinity@all",
  "mlp.1.2.pos=q@all",
  "mlp.1.2.pos=1qq@all",
  "mlp.1.2.pos=1@elsewhere",
  "mlp.1.2.pos=1@9:3",
  "mlp.1.2.pos=1@all;q=2",
  "mlp.1.2.pos=1@all;x=1",
  "<b>",
])("%s is no change", (text) => {
  expect(parseChanges(text)).toEqual([]);
  expect(countUnread(`${text},mlp.1.2.pos=x@all`)).toBe(1);
});

test("only what is switched on is sent; suppressing follows the sign rule, a value holds everywhere", () => {
  expect(toInterventions([suppress, clamp])).toEqual([
    { features: suppress.features, strength: 0, positions: "prompt", sign_rule: "own" },
  ]);
  expect(toInterventions([{ ...clamp, on: true }])).toEqual([
    { features: clamp.features, value: -1.25, positions: "3:9", sign_rule: "own" },
  ]);
});

test("a strength follows the sign rule, and is told from a value", () => {
  expect(toInterventions([strengthen])).toEqual([
    { features: strengthen.features, strength: 0.5, positions: "all", sign_rule: "own" },
  ]);
  expect([suppress, clamp, strengthen].map((change) => fromAmount(toAmount(change)))).toEqual(
    [suppress, clamp, strengthen].map(({ value, strength }) => ({ value, strength })),
  );
});

test("a run's interventions come back as changes; what the page cannot edit does not", () => {
  expect(fromInterventions(toInterventions([suppress, strengthen]))).toEqual([suppress, strengthen]);
  expect(fromInterventions([{ query: "dates", k: 5, strength: 0.5, positions: "prompt", sign_rule: "own" }])).toEqual(
    [],
  );
});

test("one change per set of features and place: at another place it is another one", () => {
  const again = { ...suppress, features: [...suppress.features].reverse(), value: 2 };
  const elsewhere = { ...again, positions: "3:9" };
  expect(withChange([suppress, clamp], again)).toEqual([clamp, again]);
  expect(withChange([suppress, clamp], elsewhere)).toEqual([suppress, clamp, elsewhere]);
  expect(changesOf([suppress, clamp, elsewhere], again.features)).toEqual([suppress, elsewhere]);
  expect(withoutChange([suppress, elsewhere], again)).toEqual([elsewhere]);
});

test("a change is found by what it is: one that has gone or is another by now is not brought back", () => {
  const all = [suppress, clamp];
  const on = { ...clamp, on: true };
  expect(withReplaced(all, { ...clamp }, on)).toEqual([suppress, on]);
  expect(withReplaced(all, clamp, null)).toEqual([suppress]);
  expect(withReplaced([suppress], clamp, on)).toEqual([suppress]);
  expect(withReplaced([clamp, clamp], clamp, null)).toEqual([clamp]);
});

test("changes to the same features under another name are others", () => {
  const named = { ...suppress, name: "dates" };
  expect(changesOf([suppress, named], suppress.features)).toEqual([suppress]);
  expect(changesOf([suppress, named], suppress.features, "dates")).toEqual([named]);
  expect(changesOf([named], clamp.features, "dates")).toEqual([]);
});

test("changes move past each other, and not past the ends", () => {
  const all = [suppress, clamp, strengthen];
  expect(withMoved(all, strengthen, -1)).toEqual([suppress, strengthen, clamp]);
  expect(withMoved(all, suppress, 1)).toEqual([clamp, suppress, strengthen]);
  expect(withMoved(all, suppress, -1)).toEqual(all);
  expect(withMoved(all, strengthen, 1)).toEqual(all);
  expect(withMoved(all, { ...clamp, value: 7 }, -1)).toEqual(all);
});

test.each([
  ["2.5", 2.5],
  ["−1", -1],
  ["", null],
  ["1e999", null],
  ["abc", null],
])("a typed value %j is read as %s", (text, value) => {
  expect(readValue(text)).toBe(value);
});
