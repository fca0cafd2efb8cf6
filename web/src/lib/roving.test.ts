import { isMove, nextIndex } from "./roving";

/** Two lines of three tokens, 10 px wide, 20 px high. */
const boxes = [0, 1, 2, 3, 4, 5].map((i) => {
  const [column, line] = [i % 3, Math.floor(i / 3)];
  return { left: column * 10, right: column * 10 + 10, top: line * 20, bottom: line * 20 + 20 };
});

test.each([
  ["ArrowRight", 0, 1],
  ["ArrowRight", 5, 5],
  ["ArrowLeft", 0, 0],
  ["ArrowLeft", 3, 2],
  ["ArrowDown", 1, 4],
  ["ArrowUp", 5, 2],
  ["ArrowUp", 1, 1],
  ["Home", 4, 0],
  ["End", 1, 5],
] as const)("%s from %d leads to %d", (move, from, to) => {
  expect(nextIndex(move, from, boxes)).toBe(to);
});

test("other keys do not move", () => {
  expect(isMove("a")).toBe(false);
});
