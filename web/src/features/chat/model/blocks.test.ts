import { cellsOf } from "@/lib/cells";
import { makeTokens } from "@/testing/builders";
import { blocksOf } from "./blocks";

function cut(texts: readonly string[]): [boolean, string][] {
  return blocksOf(cellsOf(makeTokens(texts))).map(({ code, cells }) => [code, cells.map((cell) => cell.text).join("")]);
}

test("code is told from the text around it, whatever tokens its fences came in", () => {
  expect(cut(["Try", ":\n", "``", "`", "py", "\n", "  x", " = 1", "\n```", "\n\n", "Then", "."])).toEqual([
    [false, "Try:\n"],
    [true, "```py\n  x = 1\n```"],
    [false, "\n\nThen."],
  ]);
});

test("code still being written lasts to the end, and two blocks stay two", () => {
  expect(cut(["```\n", "a\n", "```\n", "~~~\n", "```\n", "b"])).toEqual([
    [true, "```\na\n```\n"],
    [true, "~~~\n```\nb"],
  ]);
  expect(cut(["a", "\n", "```"])).toEqual([
    [false, "a\n"],
    [true, "```"],
  ]);
});

test.each([["`a` and ``b``"], ["a ``` b"], ["```a``` is inline"], ["    ```\nindented"]])(
  "%j holds no code",
  (text) => {
    expect(cut([text])).toEqual([[false, text]]);
  },
);

test("no token is lost, and markers stay outside of code", () => {
  const tokens = [...makeTokens(["```\n", "x"]), ...makeTokens(["</s>"], { marker: true }, 2)];
  expect(blocksOf(cellsOf(tokens)).map(({ key, code }) => [key, code])).toEqual([
    [0, true],
    [2, false],
  ]);
  expect(blocksOf([])).toEqual([]);
});
