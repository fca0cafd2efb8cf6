import { binOf, binsOf, placeOf } from "./histogram";

const histogram = { low: -1, high: 3, counts: [1, 1000, 0, 10] };

test("bins are even, their heights logarithmic, and an empty one has none", () => {
  const bins = binsOf(histogram, "pos");
  expect(bins.map(({ from, to }) => [from, to])).toEqual([
    [-1, 0],
    [0, 1],
    [1, 2],
    [2, 3],
  ]);
  expect(bins[1]?.height).toBe(1);
  expect(bins[2]?.height).toBe(0);
  expect(bins[3]?.height).toBeCloseTo(Math.log(11) / Math.log(1001));
  expect(bins.map((bin) => bin.own)).toEqual([false, true, true, true]);
  expect(binsOf(histogram, "neg").map((bin) => bin.own)).toEqual([true, false, false, false]);
});

test("a single token can be seen", () => {
  expect(binsOf({ low: 0, high: 1, counts: [1, 1e9] }, "pos")[0]?.height).toBeGreaterThan(0.03);
});

test("a value beyond the ends stands at the end, where it was counted", () => {
  expect([-9, -1, 1, 3, 9].map((value) => placeOf(value, histogram))).toEqual([0, 0, 0.5, 1, 1]);
  expect([-9, 0, 2.9, 9].map((value) => binOf(value, histogram))).toEqual([0, 1, 3, 3]);
});

test("a unit that never moved has its one value in the middle", () => {
  expect(placeOf(0, { low: 0, high: 0, counts: [5] })).toBe(0.5);
});
