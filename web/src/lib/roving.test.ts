import { type Box, moveOf, nextIndex } from "./roving";

/** A token at column `x` of line `y`, 10 px wide, 20 px high. */
const at = (x: number, y: number): Box => ({ left: x * 10, right: x * 10 + 10, top: y * 20, bottom: y * 20 + 20 });

const step = (move: Parameters<typeof nextIndex>[0], from: number, boxes: readonly Box[]): number =>
  nextIndex(move, from, boxes.length, (index) => boxes[index] ?? at(0, 99));

/** Two lines of three tokens. */
const latin = [0, 1, 2, 3, 4, 5].map((i) => at(i % 3, Math.floor(i / 3)));

test.each([
  ["ArrowRight", 0, 1],
  ["ArrowRight", 2, 3],
  ["ArrowRight", 5, 5],
  ["ArrowLeft", 0, 0],
  ["ArrowLeft", 3, 2],
  ["ArrowDown", 1, 4],
  ["ArrowUp", 5, 2],
  ["ArrowUp", 1, 1],
  ["Home", 4, 0],
  ["End", 1, 5],
] as const)("%s from %d leads to %d", (move, from, to) => {
  expect(step(move, from, latin)).toBe(to);
});

test("in a text that runs leftwards the left arrow goes on, and over the end of the line", () => {
  const hebrew = [0, 1, 2, 3, 4, 5].map((i) => at(2 - (i % 3), Math.floor(i / 3)));
  expect([0, 1, 2, 3].map((from) => step("ArrowLeft", from, hebrew))).toEqual([1, 2, 3, 4]);
  expect([3, 2, 1].map((from) => step("ArrowRight", from, hebrew))).toEqual([2, 1, 0]);
});

test("where both directions meet the arrows follow what is seen, and pass every token once", () => {
  const mixed = [at(0, 0), at(3, 0), at(2, 0), at(1, 0), at(4, 0)];
  const walk = [0];
  for (let i = 0; i < 4; i++) walk.push(step("ArrowRight", walk.at(-1) ?? 0, mixed));
  expect(walk).toEqual([0, 3, 2, 1, 4]);
});

test("from the end of one line one enters the next where it begins", () => {
  const both = [at(0, 0), at(1, 0), at(1, 1), at(0, 1)];
  expect(step("ArrowRight", 1, both)).toBe(2);
  expect(step("ArrowRight", 2, both)).toBe(1);
});

test("only the boxes of the lines in question are asked for", () => {
  const asked = new Set<number>();
  const lines = Array.from({ length: 1000 }, (_, i) => at(i % 10, Math.floor(i / 10)));
  nextIndex("ArrowRight", 505, lines.length, (index) => {
    asked.add(index);
    return lines[index] ?? at(0, 99);
  });
  expect(asked.size).toBeLessThan(15);
});

test("arrows, Home and End move, with Shift too; other keys do not, nor what the browser has with another key held", () => {
  const press = (key: string, held = {}) => moveOf(new KeyboardEvent("keydown", { key, ...held }));
  expect(press("ArrowLeft")).toBe("ArrowLeft");
  expect(press("End", { shiftKey: true })).toBe("End");
  expect(press("a")).toBeNull();
  expect(press("ArrowLeft", { altKey: true })).toBeNull();
  expect(press("ArrowLeft", { metaKey: true })).toBeNull();
  expect(press("Home", { ctrlKey: true })).toBeNull();
});
