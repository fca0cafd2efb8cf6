import { makeTokens } from "@/testing/builders";
import { cellsOf, glyphOf, spanOf } from "./cells";

test("tokens that begin a character join the one that completes it", () => {
  const cells = cellsOf(makeTokens([" ", "", "", "🙂", "!"]));
  expect(cells.map((cell) => cell.token.text)).toEqual([" ", "🙂", "!"]);
  expect(cells[1]?.parts.map((part) => part.pos)).toEqual([1, 2, 3]);
});

test("accents, joined emoji, flags and syllables are one cell, whatever tokens they came in", () => {
  const texts = ["cafe", "\u0301", " 👩", "\u200d", "", "👧", "🇫", "🇷", "न", "", "ि", "日", "本"];
  const cells = cellsOf(makeTokens(texts));
  expect(cells.map((cell) => cell.text)).toEqual(["cafe\u0301", " 👩\u200d👧", "🇫🇷", "नि", "日", "本"]);
  expect(cells.map((cell) => cell.text).join("")).toBe(texts.join(""));
  expect(cells[1] && spanOf(cells[1])).toEqual({ from: 2, to: 6 });
});

test("a marker stands alone: it neither completes a character nor hides one left open", () => {
  const cells = cellsOf([
    ...makeTokens(["a", ""]),
    ...makeTokens(["</s>"], { marker: true }, 2),
    ...makeTokens(["\u0301"], {}, 3),
  ]);
  expect(cells.map((cell) => cell.parts.map((part) => part.pos))).toEqual([[0], [1], [2], [3]]);
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
  ["\u200b", "U+200B"],
  ["\u202e\u2066", "U+202EU+2066"],
  ["\u200ba", null],
])("only what cannot be seen has a glyph: %j", (text, glyph) => {
  expect(glyphOf(text)).toBe(glyph);
});
