import { copyTitle, MOST, titleOf } from "./titles";

test("a title is the first line of the question, cut where it is long", () => {
  expect(titleOf("  Which one?\nThe first?")).toBe("Which one?");
  expect(titleOf("x".repeat(60))).toBe("x".repeat(60));
  expect(titleOf("x".repeat(61))).toBe(`${"x".repeat(59)}…`);
});

test("a copy says so, within what the server takes", () => {
  expect(copyTitle("Which one?")).toBe("Which one? (copy)");
  expect(copyTitle("")).toBe("Untitled (copy)");
  expect(copyTitle("x".repeat(MOST))).toHaveLength(MOST);
  expect(copyTitle("😀".repeat(MOST))).toBe(`${"😀".repeat(MOST - 7)} (copy)`);
});

test("no character is cut in two, whether of two code units or of several code points", () => {
  expect(titleOf(`${"x".repeat(58)}😀😀😀`)).toBe(`${"x".repeat(58)}😀…`);
  expect(titleOf(`${"x".repeat(58)}👩‍🚀 there`)).toBe(`${"x".repeat(58)}…`);
  expect(titleOf(`a${"\u0301".repeat(100)}`)).toBe(`a${"\u0301".repeat(58)}…`);
});
