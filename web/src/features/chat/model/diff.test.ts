import { makeRun, makeTokens } from "@/testing/builders";
import { diffTokens, replyOf } from "./diff";

const words = (text: string, from = 0) => makeTokens(text.split(" "), {}, from);

test("what only one answer has is marked, by its own positions", () => {
  const before = makeTokens(["The", " first", " one", "."], {}, 8);
  const after = makeTokens(["The", " second", " one", "!", "?"], {}, 20);
  const changes = diffTokens(before, after);
  expect([...changes.before]).toEqual([9, 11]);
  expect([...changes.after].sort()).toEqual([21, 23, 24]);
  expect(changes.pairs.map(([left, right]) => [left.pos, right.pos])).toEqual([
    [8, 20],
    [10, 22],
  ]);
  expect(changes.agree).toBe(1);
});

test("an insertion moves nothing: what stands behind it keeps its counterpart", () => {
  const changes = diffTokens(words("a b c d e"), words("x a b new c d e"));
  expect(changes.before.size).toBe(0);
  expect([...changes.after]).toEqual([0, 3]);
  expect(changes.agree).toBe(0);
});

test("repeated words are aligned in order, each once", () => {
  const { pairs } = diffTokens(words("the cat and the dog"), words("the dog and the cat and the dog"));
  const order = pairs.map(([left, right]) => [left.pos, right.pos]);
  expect(new Set(order.map(([left]) => left)).size).toBe(order.length);
  expect(new Set(order.map(([, right]) => right)).size).toBe(order.length);
  expect(order).toEqual([...order].sort(([a = 0], [b = 0]) => a - b));
});

test("where all else differs a word in common is chance", () => {
  const changes = diffTokens(words("a b c d the e f g h"), words("1 2 3 4 the 5 6 7 8"));
  expect(changes.pairs).toEqual([]);
  expect(changes.before.size).toBe(9);
  expect(diffTokens(words("a b the e f"), words("1 2 the 5 6")).pairs).toHaveLength(1);
});

test("the same answer has no marks", () => {
  const one = makeTokens(["a", "b"]);
  const same = diffTokens(one, one);
  expect([same.before.size, same.after.size, same.pairs.length, same.agree]).toEqual([0, 0, 2, 2]);
  expect(diffTokens([], [])).toEqual({ before: new Set(), after: new Set(), pairs: [], agree: 0 });
});

test("an answer that is empty marks the whole other one; one still being written marks only what it has passed", () => {
  const before = words("a b c d");
  expect(diffTokens(before, []).before.size).toBe(4);
  expect(diffTokens(before, [], true).before.size).toBe(0);
  const changes = diffTokens(before, words("a c x"), true);
  expect([...changes.before]).toEqual([1]);
  expect([...changes.after]).toEqual([2]);
});

test("an answer as long as can be asked for is aligned", () => {
  const long = (sign: string) => makeTokens(Array.from({ length: 2048 }, (_, i) => (i % 2 ? "even" : `${sign}${i}`)));
  expect(diffTokens(long("a"), long("b")).pairs.length).toBeGreaterThan(1000);
});

test("only tokens that both answers have are compared with each other", () => {
  const table = vi.spyOn(globalThis, "Uint16Array");
  const distinct = (from: number) =>
    makeTokens(Array.from({ length: 2048 }, () => "")).map((token, i) => ({ ...token, id: from + i }));
  const both = makeTokens(["a", "b", "a"]);
  const { pairs } = diffTokens([...both, ...distinct(100_000)], [...distinct(200_000), ...both]);
  expect(pairs).toEqual([]);
  expect(table.mock.calls).toEqual([[16]]);
  table.mockRestore();
});

test("a reply begins after the prompt and leaves the closing marker out", () => {
  const run = makeRun();
  const closing = makeTokens(["</s>"], { marker: true }, run.tokens.length);
  expect(
    replyOf({ ...run, tokens: [...run.tokens, ...closing] })
      .map((token) => token.text)
      .join(""),
  ).toBe(run.reply);
});
