import { copyTitle, MOST, titleOf } from "./titles";

test("a title is the first line of the question, cut where it is long", () => {
  expect(titleOf("  Which one?\nThe first?")).toBe("Which one?");
  expect(titleOf("x".repeat(100))).toHaveLength(60);
});

test("a copy says so, within what the server takes", () => {
  expect(copyTitle("Which one?")).toBe("Which one? (copy)");
  expect(copyTitle("")).toBe("Untitled (copy)");
  expect(copyTitle("x".repeat(MOST))).toHaveLength(MOST);
});
