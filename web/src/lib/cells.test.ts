import { makeTokens } from "@/testing/builders";
import { cellsOf, glyphOf } from "./cells";

test("tokens that begin a character join the one that completes it", () => {
  const cells = cellsOf(makeTokens([" ", "", "", "🙂", "!"]));
  expect(cells.map((cell) => cell.token.text)).toEqual([" ", "🙂", "!"]);
  expect(cells[1]?.parts.map((part) => part.pos)).toEqual([1, 2, 3]);
});

test("a character left unfinished is still a place one can point at", () => {
  const cells = cellsOf(makeTokens(["a", ""]));
  expect(cells).toHaveLength(2);
  expect(cells[1]?.token.pos).toBe(1);
});

test("a text that grows keeps the cells it had", () => {
  const tokens = makeTokens(["a", "", "é"]);
  const before = cellsOf(tokens);
  const after = cellsOf([...tokens, ...makeTokens(["b"], {}, 3)]);
  expect(after[0]).toBe(before[0]);
  expect(after[1]).toBe(before[1]);
});

test("no token is lost or shown twice", () => {
  const tokens = makeTokens(["", "é", "", "", "日", "x", ""]);
  expect(cellsOf(tokens).flatMap((cell) => cell.parts)).toEqual(tokens);
});

test.each([
  ["\n\n", "↵↵"],
  [" ", "␣"],
  ["\t", "⇥"],
  [" a", null],
  ["", null],
])("only white space has a glyph: %j", (text, glyph) => {
  expect(glyphOf(text)).toBe(glyph);
});
