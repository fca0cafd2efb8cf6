import { depthOf, peakOf, shadesOf } from "./shades";

const pieces = (...texts: string[]) => texts.map((text) => ({ text }));

test("tokens that make one character are one shade, as deep as the deepest of them", () => {
  expect(shadesOf(pieces("a", "", "", "🙂"), [0, 0.5, 3, null], 4)).toEqual([
    { at: 0, text: "a", value: 0, parts: 1 },
    { at: 3, text: "🙂", value: 3, parts: 3 },
  ]);
});

test("on the other side of zero the deepest is the most negative", () => {
  expect(shadesOf(pieces("", "é"), [-1, -2], -4)[0]?.value).toBe(-2);
});

test("a character left open at the end is not lost", () => {
  expect(shadesOf(pieces("a", "", ""), [null, null, 1], 1)).toEqual([
    { at: 0, text: "a", value: null, parts: 1 },
    { at: 2, text: "", value: 1, parts: 2 },
  ]);
});

test.each([
  [2, 4, 0.5],
  [-2, -4, 0.5],
  [9, 4, 1],
  [-1, 4, 0],
  [null, 4, 0],
  [1, 0, 0],
])("%j on a scale of %j is %j deep", (value, scale, depth) => {
  expect(depthOf(value, scale)).toBe(depth);
});

test("the peak is on the scale's side, and not before the positions that count", () => {
  expect(peakOf([90, 1, null, 3, -8], 1, 1)).toEqual({ at: 3, value: 3 });
  expect(peakOf([90, 1, null, 3, -8], -1, 1)).toEqual({ at: 4, value: -8 });
  expect(peakOf([90, -1], 1, 1)).toBeNull();
});
