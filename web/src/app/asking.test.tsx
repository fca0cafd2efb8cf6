import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { delay, HttpResponse, http } from "msw";
import type { Conversation, Run } from "@/api/types";
import { makeConversation, makeProblem, makeRun, makeSummary, makeTokens } from "@/testing/builders";
import { renderWith } from "@/testing/render";
import { server, sse } from "@/testing/server";
import { Page } from "./page";

const AT = "2026-01-01T00:00:00Z";
const run = makeRun();

/** Two questions and their answers: `r1` answers the first, `r3` the second. */
const later: Run = {
  ...makeRun({ id: "r3", turn_id: "t4", reply: "So it is" }),
  tokens: [
    ...run.tokens,
    ...makeTokens(["</s>", "<s>"], { role: "user", marker: true }, 12),
    ...makeTokens(["Sure", "?"], { role: "user" }, 14),
    ...makeTokens(["</s>", "<s>"], { role: "assistant", marker: true }, 16),
    ...makeTokens(["So", " it", " is"], {}, 18),
  ],
  reply_from: 18,
  n_prompt: 18,
};
const both = makeConversation([run], {
  turns: [
    ...makeConversation([run]).turns,
    { id: "t3", role: "user", content: "Sure?", created_at: AT, runs: [] },
    { id: "t4", role: "assistant", content: "So it is", created_at: AT, runs: [makeSummary(later)] },
  ],
});

/** What the page asked for, as `POST /path {body}`. */
let asked: string[] = [];

interface Served {
  conversation?: Conversation;
  copy?: Conversation;
  /** What the replies come to; the run that begins is `r9`. */
  refused?: ReturnType<typeof makeProblem>;
  /** They are never answered. */
  waits?: boolean;
  open?: Run;
}

function serve({ conversation = makeConversation([run]), copy, refused, waits, open = run }: Served): void {
  asked = [];
  const begun = makeRun({ id: "r9", conversation_id: copy?.id ?? "c1" });
  const started = {
    type: "started",
    run_id: "r9",
    turn_id: "t2",
    user_turn_id: null,
    reply_from: begun.reply_from,
    tokens: begun.tokens.slice(0, begun.n_prompt),
    concepts: [],
  };
  const note = async (request: Request): Promise<void> => {
    const body = await request.text();
    asked.push([request.method, new URL(request.url).pathname, ...(body ? [body] : [])].join(" "));
  };
  server.use(
    http.get("*/api/conversations/c1", () => HttpResponse.json(conversation)),
    http.get("*/api/conversations/c2", () => HttpResponse.json(copy ?? null)),
    http.get("*/api/conversations", () => HttpResponse.json([])),
    http.get("*/api/runs/r9", () => HttpResponse.json(begun)),
    http.get("*/api/runs/:id", () => HttpResponse.json(open)),
    http.post("*/api/conversations/c1/copies", async ({ request }) => {
      await note(request);
      return HttpResponse.json(copy, { status: 201 });
    }),
    http.delete("*/api/conversations/c2", async ({ request }) => {
      await note(request);
      return new HttpResponse(null, { status: 204 });
    }),
    http.post("*/api/conversations/:id/replies", async ({ request }) => {
      await note(request);
      if (refused) return HttpResponse.json(refused, { status: refused.status });
      if (waits) await delay("infinite");
      return sse([started, { type: "done", finish: "end", n_tokens: 0, seconds: 1 } as never]);
    }),
  );
}

function open(address = "/?c=c1&run=r1") {
  history.replaceState(null, "", address);
  renderWith(<Page />);
  return userEvent.setup();
}

const view = (): Record<string, string> => Object.fromEntries(new URLSearchParams(location.search));
const edit = (what: "question" | "answer", at = 0) =>
  screen.findAllByRole("button", { name: `Edit this ${what}` }).then((found) => found[at] ?? document.body);
const settings = { max_new_tokens: 256, temperature: 0.7, seed: 0 };

test("an edited question is asked in a copy; the original is named, and a link leads back to it", async () => {
  const copy = makeConversation([], { id: "c2", title: "Which two?", turns: [] });
  serve({ copy });
  const user = open();
  await user.click(await edit("question"));
  const field = screen.getByRole("textbox", { name: "The question" });
  expect(field).toHaveFocus();
  expect(screen.getByRole("button", { name: "Ask" })).toBeDisabled();
  await user.clear(field);
  await user.type(field, "Which two?{Enter}");
  expect(await screen.findByText(/The original is as it was/)).toBeVisible();
  expect(asked).toEqual([
    'POST /api/conversations/c1/copies {"before":"t1","title":"Which two?"}',
    `POST /api/conversations/c2/replies ${JSON.stringify({ content: "Which two?", settings, interventions: [] })}`,
  ]);
  expect(view()).toEqual({ c: "c2", from: "c1", run: "r9" });
  expect(screen.queryByRole("textbox", { name: "The question" })).toBeNull();
  await user.click(screen.getByRole("link", { name: "back to “Which one?”" }));
  expect(view()).toEqual({ c: "c1" });
});

test("where the edited question is refused, nothing is left of the copy and the text is still there", async () => {
  serve({ copy: makeConversation([], { id: "c2", turns: [] }), refused: makeProblem() });
  const user = open();
  await user.click(await edit("question"));
  await user.type(screen.getByRole("textbox", { name: "The question" }), " Please.{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("ask a shorter one");
  expect(screen.getByRole("textbox", { name: "The question" })).toHaveValue("Which one? Please.");
  expect(asked.at(-1)).toBe("DELETE /api/conversations/c2");
  expect(view()).toEqual({ c: "c1", run: "r1" });
  await user.click(screen.getByRole("button", { name: "Ask" }));
  await waitFor(() => expect(asked).toHaveLength(6));
});

test("given up while it waits, an edit leaves nothing behind", async () => {
  serve({ copy: makeConversation([], { id: "c2", turns: [] }), waits: true });
  const user = open();
  await user.click(await edit("question"));
  await user.keyboard(" Please.{Enter}");
  await waitFor(() => expect(asked).toHaveLength(2));
  expect(screen.getByText("Sending")).toBeVisible();
  expect(screen.getByRole("textbox", { name: "The question" })).toHaveAttribute("readonly");
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(asked.at(-1)).toBe("DELETE /api/conversations/c2"));
  expect(screen.queryByRole("textbox", { name: "The question" })).toBeNull();
  expect(screen.queryByRole("alert")).toBeNull();
  expect(view()).toEqual({ c: "c1", run: "r1" });
});

test("Esc gives an edit up: nothing is asked, and the focus is where it was", async () => {
  serve({});
  const user = open();
  const button = await edit("question");
  await user.click(button);
  await user.keyboard(" and more{Escape}");
  expect(screen.queryByRole("textbox", { name: "The question" })).toBeNull();
  expect(button).toHaveFocus();
  expect(asked).toEqual([]);
  await user.keyboard("{Enter}");
  expect(screen.getByRole("textbox", { name: "The question" })).toHaveValue("Which one?");
});

test("the last answer goes on from an edited beginning, beside what it was", async () => {
  serve({});
  const user = open();
  await user.click(await edit("answer"));
  const field = screen.getByRole("textbox", { name: "How the answer begins" });
  expect(field).toHaveValue("The first\n one");
  await user.clear(field);
  await user.type(field, "Neither{Enter}");
  await waitFor(() => expect(view()).toEqual({ c: "c1", run: "r9", beside: "r1" }));
  expect(asked).toEqual([
    `POST /api/conversations/c1/replies ${JSON.stringify({ start: { text: "Neither" }, settings, interventions: [] })}`,
  ]);
});

test("an earlier answer is edited in a copy that ends before it, in the words that the model read", async () => {
  serve({ conversation: both, open: later, copy: makeConversation([], { id: "c2", turns: [] }) });
  const user = open("/?c=c1&run=r3");
  await user.click(await edit("answer", 0));
  await user.keyboard("!{Enter}");
  await waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[0]).toBe('POST /api/conversations/c1/copies {"before":"t2","title":null}');
  expect(asked[1]).toContain('{"start":{"text":"The first\\n one!"}');
});

test("a second question keeps the title of its conversation", async () => {
  serve({ conversation: both, open: later, copy: makeConversation([], { id: "c2", turns: [] }) });
  const user = open("/?c=c1&run=r3");
  await user.click(await edit("question", 1));
  await user.keyboard(" Really?{Enter}");
  await waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[0]).toBe('POST /api/conversations/c1/copies {"before":"t3","title":null}');
  expect(asked[1]).toContain('"content":"Sure? Really?"');
});

test("the last answer is edited beside nothing while the first question's answer is looked at", async () => {
  serve({ conversation: both });
  const user = open("/?c=c1&run=r1");
  await screen.findByRole("button", { name: "first" });
  await user.click(await edit("answer", 1));
  await user.keyboard(" not{Enter}");
  await waitFor(() => expect(view()).toEqual({ c: "c1", run: "r9" }));
  expect(asked[0]).toContain('"start":{"text":"So it is not"}');
});

test("an answer cut at its limit is continued where it ends", async () => {
  const cut = makeRun({ finish: "length" });
  serve({ conversation: makeConversation([cut]), open: cut });
  const user = open();
  await user.click(await screen.findByRole("button", { name: "Continue" }));
  await waitFor(() => expect(view()).toEqual({ c: "c1", run: "r9" }));
  expect(asked[0]).toContain('"start":{"run_id":"r1","pos":12,"token_id":null}');
});

test("an answer that came to its end is not continued", async () => {
  serve({});
  open();
  await screen.findByRole("button", { name: /^Ask again/ });
  expect(screen.queryByRole("button", { name: "Continue" })).toBeNull();
});

test("an answer that others follow goes on in a copy, with the copy's own tokens", async () => {
  const copied = makeRun({ id: "x1", turn_id: "y2" });
  serve({ conversation: both, copy: makeConversation([copied], { id: "c2" }) });
  const user = open("/?c=c1&run=r1");
  const first = await screen.findByRole("button", { name: "The" });
  act(() => first.focus());
  const facts = await screen.findByRole("group", { name: "About this token" });
  await user.click(within(facts).getByRole("button", { name: "Write the answer anew from here" }));
  await waitFor(() => expect(view()).toMatchObject({ c: "c2", from: "c1", run: "r9", beside: "x1" }));
  expect(asked[0]).toBe('POST /api/conversations/c1/copies {"before":"t3","title":null}');
  expect(asked[1]).toContain('"start":{"run_id":"x1","pos":8,"token_id":null}');
});

test("where something was changed, another seed can be asked for alone", async () => {
  serve({});
  const user = open("/?c=c1&run=r1&steer=mlp.0.1.pos=x@prompt");
  await user.click(await screen.findByRole("button", { name: "with another seed" }));
  await waitFor(() => expect(asked[0]).toContain('"seed":1'));
});

test("an answer that was given its beginning is asked again with it, or from the start", async () => {
  const begun = makeRun({ n_prompt: 10 });
  serve({ conversation: makeConversation([begun]), open: begun });
  const user = open();
  expect(await screen.findByRole("list", { name: "About this answer" })).toHaveTextContent(/^2 tokens · after 2 given/);
  await user.click(await screen.findByRole("button", { name: "Ask again from what was given, seed 1" }));
  await waitFor(() => expect(asked[0]).toContain('"start":{"run_id":"r1","pos":10,"token_id":null}'));
  history.replaceState(null, "", "/?c=c1&run=r1");
  act(() => void dispatchEvent(new PopStateEvent("popstate")));
  await user.click(await screen.findByRole("button", { name: "from the start" }));
  await waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[1]).not.toContain("start");
});

test("with nothing changed, asking again says which seed it takes", async () => {
  serve({});
  const user = open();
  expect(screen.queryByRole("button", { name: "with another seed" })).toBeNull();
  await user.click(await screen.findByRole("button", { name: "Ask again, seed 1" }));
  await waitFor(() => expect(asked[0]).toContain('"seed":1'));
});

test("a changed system prompt is a change: the seed stays, and moves on once there is an answer under it", async () => {
  const conversation = makeConversation([run], { system: "Be brief" });
  serve({ conversation });
  open();
  expect(await screen.findByRole("button", { name: "Ask again" })).toBeVisible();
  cleanup();
  const [start, ...rest] = run.tokens;
  const read = makeTokens(["Be", " brief"], { role: "system" });
  serve({ conversation, open: { ...run, tokens: [...(start ? [start] : []), ...read, ...rest] } });
  open();
  expect(await screen.findByRole("button", { name: "Ask again, seed 1" })).toBeVisible();
});

test("what an answer was given is read under its own system prompt again, so the seed moves on", async () => {
  const begun = makeRun({ n_prompt: 10 });
  serve({ conversation: makeConversation([begun], { system: "Be brief" }), open: begun });
  open();
  expect(await screen.findByRole("button", { name: "Ask again from what was given, seed 1" })).toBeVisible();
});
