import type { Token, Turn } from "@/api/types";
import { makeTokens } from "@/testing/builders";
import { segmentsOf } from "./segments";
import { textOf, turnsBySegment } from "./turns";

const turns: Turn[] = ["q1", "a1", "q2", "a2"].map((id, i) => ({
  id,
  role: i % 2 === 0 ? "user" : "assistant",
  content: id,
  created_at: "2026-01-01T00:00:00Z",
  runs: [],
}));

/** `["user", "hi"]`; a text in angle brackets is a marker. */
function tokensOf(parts: readonly [Token["role"], string][]): Token[] {
  return parts.flatMap(([role, text], pos) => makeTokens([text], { role, marker: text.startsWith("<") }, pos));
}

function named(parts: readonly [Token["role"], string][]): (string | null)[] {
  const segments = segmentsOf(tokensOf(parts));
  const found = turnsBySegment(segments, turns);
  return segments.map((segment) => found.get(segment.key)?.id ?? null);
}

test("segments are the turns of the conversation in order, the template's own system text none of them", () => {
  expect(
    named([
      ["system", "<s>"],
      ["system", "You help."],
      ["user", "<u>"],
      ["user", "hi"],
      ["assistant", "<a>"],
      ["assistant", "hello"],
      ["user", "<u>"],
      ["user", "and?"],
      ["assistant", "<a>"],
      ["assistant", "no"],
    ]),
  ).toEqual([null, "q1", "a1", "q2", "a2"]);
});

test("a system text folded into the question, and an answer without text, shift nothing", () => {
  expect(
    named([
      ["user", "<u>"],
      ["system", "You help."],
      ["user", "hi"],
      ["assistant", "<a>"],
      ["user", "and?"],
      ["assistant", "<a>"],
    ]),
  ).toEqual([null, null, "q1", "a1", "q2", "a2"]);
});

test("more segments than turns are no turns", () => {
  const segments = segmentsOf(tokensOf([["text", "once"]]));
  expect(turnsBySegment(segments, turns).size).toBe(0);
  expect(turnsBySegment(segmentsOf(tokensOf([["user", "hi"]])), []).size).toBe(0);
});

test("a segment says what its tokens say, markers left out", () => {
  const [segment] = segmentsOf(
    tokensOf([
      ["user", "<u>"],
      ["user", "hi"],
      ["user", " there"],
    ]),
  );
  expect(segment && textOf(segment)).toBe("hi there");
});
