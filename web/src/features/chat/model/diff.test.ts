import { makeRun, makeTokens } from "@/testing/builders";
import { diffTokens, replyOf } from "./diff";

test("what only one answer has is marked, by its own positions", () => {
  const before = makeTokens(["The", " first", " one", "."], {}, 8);
  const after = makeTokens(["The", " second", " one", "!", "?"], {}, 20);
  const changes = diffTokens(before, after);
  expect([...changes.before]).toEqual([9, 11]);
  expect([...changes.after].sort()).toEqual([21, 23, 24]);
  expect(changes.agree).toBe(1);
});

test("the same answer has no marks", () => {
  const one = makeTokens(["a", "b"]);
  expect(diffTokens(one, one)).toEqual({ before: new Set(), after: new Set(), agree: 2 });
  expect(diffTokens([], [])).toEqual({ before: new Set(), after: new Set(), agree: 0 });
});

test("an answer still empty marks the whole other one", () => {
  expect(diffTokens(makeTokens(["a", "b"]), []).before.size).toBe(2);
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
