import { makeRun, makeSiteMap, makeTokens } from "@/testing/builders";
import { amountsInWords, bandsOf, partOf, placeInWords, ticksOf } from "./axis";
import { gridOf } from "./grid";

const { tokens } = makeRun();
const cell = (from: number, to = from + 1) => ({ layer: 12, span: { from, to }, promoted: 0.31, hindered: -0.12 });

test("a cell is said in words: layer, token, how much each way", () => {
  expect(placeInWords(cell(4), tokens)).toBe("layer 12, token 4 “␣one”");
  expect(amountsInWords(cell(4))).toBe("+0.31 nats promoted, −0.12 held back");
  expect(placeInWords(cell(3, 6), tokens)).toBe("layer 12, tokens 3 to 5 “Which␣one?”");
  expect(partOf(cell(4))).toBe("12@4:5");
});

test("template markers and the first token of all are called what they are", () => {
  expect(placeInWords(cell(7), tokens)).toBe("layer 12, token 7 “<s>”, a template marker");
  expect(placeInWords(cell(6, 8), tokens)).toMatch(/, template markers$/);
  expect(placeInWords(cell(5, 7), tokens)).not.toMatch(/marker/);
  expect(placeInWords(cell(0), tokens)).toMatch(/with the first token of all$/);
});

test("a long column is quoted from its beginning", () => {
  const many = makeTokens(Array.from({ length: 20 }, () => " word"));
  expect(placeInWords(cell(0, 20), many)).toContain("“␣word␣word␣word␣word␣wor…”");
});

test("bands follow who speaks, and what the template put there stands apart", () => {
  const spans = tokens.map(({ pos }) => ({ from: pos, to: pos + 1 }));
  expect(bandsOf(tokens, spans)).toEqual([
    { role: "user", marker: true, columns: { from: 0, to: 3 } },
    { role: "user", marker: false, columns: { from: 3, to: 6 } },
    { role: "assistant", marker: true, columns: { from: 6, to: 8 } },
    { role: "assistant", marker: false, columns: { from: 8, to: 12 } },
  ]);
});

test("round positions are named where there is room", () => {
  const grid = gridOf(makeSiteMap(), 10);
  expect(ticksOf(grid, 1).map(({ pos }) => pos)).toEqual([3, 4, 5, 6, 7, 8]);
  expect(ticksOf(grid, 3)).toEqual([{ pos: 5, column: 2 }]);
});
