import { makeRun, makeTokens } from "@/testing/builders";
import { cellAt, hasText, segmentsOf } from "./segments";

test("turns are cut where the role changes, markers kept with their turn", () => {
  const segments = segmentsOf(makeRun().tokens);
  expect(segments.map((segment) => segment.role)).toEqual(["user", "assistant"]);
  expect(segments[0]?.cells.filter((cell) => !cell.token.marker).map((cell) => cell.token.text)).toEqual([
    "Which",
    " one",
    "?",
  ]);
});

test("two turns of one role stay two", () => {
  const turn = (from: number) => [
    ...makeTokens(["<s>"], { role: "user", marker: true }, from),
    ...makeTokens(["hi"], { role: "user" }, from + 1),
    ...makeTokens(["</s>"], { role: "user", marker: true }, from + 2),
  ];
  const written = segmentsOf([...turn(0), ...turn(3)]).map((segment) =>
    segment.cells.filter((cell) => !cell.token.marker).map((cell) => cell.token.pos),
  );
  expect(written).toEqual([[1], [4]]);
});

test("a turn nobody wrote has no text, and a text without a template is one turn", () => {
  const [system] = segmentsOf(makeTokens(["<s>", "Be", " kind"], { role: "system", marker: true }));
  expect(system && hasText(system)).toBe(false);
  expect(segmentsOf(makeTokens(["Once", " upon"], { role: "text" }))).toHaveLength(1);
});

test("every part of a character leads to its cell", () => {
  const [segment] = segmentsOf(makeTokens(["a", "", "é"]));
  expect(cellAt(segment?.cells ?? [], 1)?.token.pos).toBe(2);
  expect(cellAt(segment?.cells ?? [], 9)).toBeUndefined();
});
