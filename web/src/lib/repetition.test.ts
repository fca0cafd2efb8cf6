import { babbles, repeated } from "./repetition";

test("repetition counts runs of three that came before", () => {
  expect(repeated([1, 2, 3, 4, 5])).toBe(0);
  expect(repeated([1, 1, 1, 1, 1])).toBeCloseTo(2 / 3);
  expect(repeated([1, 2])).toBe(0);
});

test("a long reply of repetitions babbles, a short one is left alone", () => {
  expect(babbles(Array.from({ length: 30 }, (_, i) => i % 4))).toBe(true);
  expect(babbles(Array.from({ length: 24 }, () => 7))).toBe(false);
  expect(babbles(Array.from({ length: 30 }, (_, i) => i))).toBe(false);
});
