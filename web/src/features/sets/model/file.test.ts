import { besides, formatSets, NoSets, parseSets } from "./file";

const months = { name: "months", features: ["mlp.3.17.pos", "mlp.4.2.neg"], note: "of the year" };

test("sets survive a file", () => {
  const other = { ...months, name: "days", note: null };
  expect(parseSets(formatSets([months, other]))).toEqual([months, other]);
});

const file = (over: object): string => JSON.stringify({ format: "pellucid feature sets", version: 1, ...over });

test.each([
  ["{", "not JSON"],
  ["3", "does not say"],
  ['{"format":"pellucid conversation","version":1}', "does not say"],
  [file({ version: 2 }), "only version 1"],
  [file({ sets: [] }), "no set in it"],
  [file({ sets: {} }), "no set in it"],
  [file({ sets: [{ features: ["mlp.0.1.pos"] }] }), "set 1 has no name"],
  [file({ sets: [{ name: " ", features: ["mlp.0.1.pos"] }] }), "set 1 has no name"],
  [file({ sets: [months, { name: "a", features: [] }] }), "set 2 has no features"],
  [file({ sets: [{ name: "a", features: ["mlp.0.1"] }] }), "no feature"],
  [file({ sets: [{ name: "a", features: ["mlp.0.1.pos"], note: 3 }] }), "note"],
])("%s is no file of sets", (text, why) => {
  expect(() => parseSets(text)).toThrow(NoSets);
  expect(() => parseSets(text)).toThrow(why);
});

test("a set comes in once, and under another name where its own is taken", () => {
  const other = { ...months, features: ["mlp.9.9.pos"] };
  expect(besides(months, [])).toEqual(months);
  expect(besides(months, [{ ...months, features: [...months.features].reverse() }])).toBeNull();
  expect(besides(months, [other])?.name).toBe("months (2)");
  expect(besides(months, [other, { ...other, name: "months (2)" }])?.name).toBe("months (3)");
  expect(besides(months, [other, { ...months, name: "months (2)" }])).toBeNull();
});
