import { makeEffect } from "@/testing/builders";
import { reachOf, sumsOf } from "./sums";

const effects = [
  makeEffect({ layer: 3, pos: 8, attribution: 2 }),
  makeEffect({ layer: 12, pos: 5, attribution: -0.5, effect: -1 }),
  makeEffect({ layer: 3, pos: 5, attribution: -0.25, measured: true }),
  makeEffect({ layer: 3, pos: 8, attribution: 1 }),
];

test("what promoted and what held back are summed apart, by the best number of each, with counts", () => {
  const [top, bottom] = sumsOf(effects, "layer");
  expect(top).toMatchObject({ at: 12, promoted: 0, hindered: -1, nPromoted: 0, nHindered: 1, nMeasured: 1 });
  expect(bottom).toMatchObject({ at: 3, promoted: 3, hindered: -0.25, nPromoted: 2, nHindered: 1, nMeasured: 1 });
});

test("layers come from the last one down, positions as they are read, features as they were listed", () => {
  expect(sumsOf(effects, "layer").map((sum) => sum.at)).toEqual([12, 3]);
  const positions = sumsOf(effects, "position");
  expect(positions.map((sum) => sum.at)).toEqual([5, 8]);
  expect(positions[1]?.effects).toEqual([effects[0], effects[3]]);
});

test("all bars share the farthest reach to one side", () => {
  expect(reachOf(sumsOf(effects, "layer"))).toBe(3);
  expect(reachOf([])).toBeGreaterThan(0);
});
