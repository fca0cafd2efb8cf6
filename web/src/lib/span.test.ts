import { around, formatSpan, holds, parseSpan } from "./span";

test("a range and its text are the same thing, and it ends before its end", () => {
  const span = parseSpan("3:9");
  expect(span && formatSpan(span)).toBe("3:9");
  expect([2, 3, 8, 9].map((pos) => span && holds(span, pos))).toEqual([false, true, true, false]);
});

test.each(["", "3", "3:3", "9:3", "-1:4", "1:2:3", "a:b", "1e1:20", "prompt"])("%j is no range", (text) => {
  expect(parseSpan(text)).toBeNull();
});

test("nothing is no range", () => {
  expect(parseSpan(null)).toBeNull();
});

test("a range grows around what it was begun from, whichever way", () => {
  expect(around({ from: 4, to: 6 }, { from: 1, to: 2 })).toEqual({ from: 1, to: 6 });
  expect(around({ from: 4, to: 6 }, { from: 5, to: 9 })).toEqual({ from: 4, to: 9 });
});
