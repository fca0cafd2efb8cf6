import { makeConversation, makeRun, makeToken, makeTokens } from "@/testing/builders";
import { endInWords, givenIn, inOrder, isCut, startedRun, systemIn, withToken } from "./reply";

test("a run grows by the tokens that come, and its reply leaves markers out", () => {
  const started = {
    type: "started",
    run_id: "r9",
    turn_id: "t2",
    user_turn_id: null,
    reply_from: 12,
    tokens: makeRun().tokens,
    concepts: [],
  } as const;
  const asked = { settings: makeRun().settings, interventions: [] };
  const run = startedRun(
    { ...started, tokens: [...started.tokens], concepts: [] },
    "c1",
    asked,
    "2026-01-01T00:00:00Z",
  );
  expect(run.n_prompt).toBe(12);
  const longer = withToken(
    withToken(run, makeToken({ text: "Hi", pos: 12 })),
    makeToken({ text: "</s>", marker: true, pos: 13 }),
  );
  expect(longer.reply).toBe("Hi");
  expect(longer.tokens).toHaveLength(14);
});

test("what an answer was given to begin with is part of it", () => {
  const run = makeRun({ n_prompt: 10 });
  expect(givenIn(run).map((token) => token.text)).toEqual(["The", " first"]);
  const started = { type: "started", run_id: "r9", turn_id: "t2", user_turn_id: null, concepts: [] } as const;
  const asked = { settings: run.settings, interventions: [] };
  const begun = { ...started, concepts: [], reply_from: 8, tokens: run.tokens.slice(0, 10) };
  expect(startedRun(begun, "c1", asked, "2026-01-01T00:00:00Z").reply).toBe("The first");
  expect(givenIn(makeRun())).toEqual([]);
});

test.each([
  [{ finish: "length" as const }, true],
  [{ state: "stopped" as const, finish: "stopped" as const }, true],
  [{ state: "failed" as const, finish: null }, true],
  [{}, false],
  [{ state: "running" as const, finish: null }, false],
])("an answer with %o can go on: %s", (over, cut) => {
  expect(isCut(makeRun(over))).toBe(cut);
});

test("an answer stopped at its closing marker is whole", () => {
  const run = makeRun({ state: "stopped", finish: "stopped" });
  expect(isCut({ ...run, tokens: [...run.tokens, makeToken({ marker: true, pos: 12 })] })).toBe(false);
});

test("answers stand in the order that the conversation has them in, whatever a browser's clock said", () => {
  const first = makeRun({ id: "a", created_at: "2026-01-02T00:00:00Z" });
  const then = makeRun({ id: "b", created_at: "2026-01-01T00:00:00Z" });
  const { turns } = makeConversation([first, then]);
  expect(inOrder(first, then, turns)).toEqual([first, then]);
  expect(inOrder(then, first, turns)).toEqual([first, then]);
  const begun = makeRun({ id: "c", created_at: "2025-01-01T00:00:00Z" });
  expect(inOrder(begun, then, turns)).toEqual([then, begun]);
  expect(inOrder(begun, then, [])).toEqual([then, begun]);
});

test("the system prompt that a run read is found in its tokens; the template's own is none", () => {
  const system = makeTokens(["<s>", "Be", " brief", "\n"], { role: "system" });
  const read = system.map((token) => ({ ...token, marker: token.text === "<s>" }));
  expect(systemIn({ tokens: [...read, ...makeRun().tokens] })).toBe("Be brief");
  expect(systemIn({ tokens: system.map((token) => ({ ...token, marker: true })) })).toBe("");
});

test("how an answer ended is said, but for its own end", () => {
  expect(endInWords(makeRun())).toBe("");
  expect(endInWords(makeRun({ finish: "length" }))).toBe("Cut at the limit of 24 new tokens");
  expect(endInWords(makeRun({ state: "stopped", finish: "stopped" }))).toBe("Stopped");
  expect(endInWords(makeRun({ state: "failed", finish: null }))).toBe("Broken off by an error");
});
