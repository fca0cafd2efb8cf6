import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { FRESH, go } from "@/lib/view-state";
import { makeConversation, makeRun } from "@/testing/builders";
import { renderWith } from "@/testing/render";
import { server, sse } from "@/testing/server";
import { Page } from "./page";

const WAITS = "An answer is on its way in another conversation";
const first = makeRun();
const other = makeRun({ id: "r2", conversation_id: "c2" });
const begun = makeRun({ id: "r9", reply: "" });
const started = {
  type: "started",
  run_id: "r9",
  turn_id: "t2",
  user_turn_id: null,
  reply_from: begun.reply_from,
  tokens: begun.tokens.slice(0, begun.n_prompt),
  concepts: [],
};

/** Two conversations, `c1` and `c2`; whatever is begun or answered waits until `release`. */
function serve() {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const asked: string[] = [];
  const note = ({ method, url }: Request): void => {
    asked.push(`${method} ${new URL(url).pathname}`);
  };
  let answers = [first];
  const existing = (id: string) => makeConversation(id === "c2" ? [other] : answers, { id, title: id });
  server.use(
    http.get("*/api/conversations/:id", ({ params }) => HttpResponse.json(existing(String(params.id)))),
    http.get("*/api/conversations", () => HttpResponse.json([])),
    http.get("*/api/runs/r2", () => HttpResponse.json(other)),
    http.get("*/api/runs/r9", () => HttpResponse.json(begun)),
    http.get("*/api/runs/:id", () => HttpResponse.json(first)),
    http.post("*/api/conversations", async ({ request }) => {
      note(request);
      await held;
      return HttpResponse.json(makeConversation([], { id: "c3", turns: [] }), { status: 201 });
    }),
    http.post("*/api/conversations/c1/copies", ({ request }) => {
      note(request);
      return HttpResponse.json(makeConversation([], { id: "c4", turns: [] }), { status: 201 });
    }),
    http.post("*/api/conversations/:id/replies", async ({ request }) => {
      note(request);
      await held;
      answers = [first, begun];
      return sse([started, { type: "done", finish: "end", n_tokens: 0, seconds: 1 } as never]);
    }),
  );
  return { asked, release: () => release() };
}

function open(address: string) {
  history.replaceState(null, "", address);
  renderWith(<Page />);
  return userEvent.setup();
}

/** Opens another conversation from the list meanwhile. */
const turnTo = (conversation: string | null): void => act(() => go({ ...FRESH, conversation }));
const field = () => screen.findByRole("textbox", { name: "Your question" });

test("an answer that begins after another conversation was opened leaves that in view", async () => {
  const { asked, release } = serve();
  const user = open("/?c=c1&run=r1");
  await user.click(await screen.findByRole("button", { name: "Ask again, seed 1" }));
  expect(await screen.findByText("Sending")).toBeVisible();
  turnTo("c2");
  expect(await screen.findByPlaceholderText(WAITS)).toBeVisible();
  expect(screen.queryByText("Sending")).toBeNull();
  expect(screen.queryByRole("button", { name: /^Ask again/ })).toBeNull();
  await user.type(await field(), "And here?{Enter}");
  expect(asked).toEqual(["POST /api/conversations/c1/replies"]);
  release();
  expect(await screen.findByPlaceholderText("Ask a question")).toBeVisible();
  expect(location.search).toBe("?c=c2");
  turnTo("c1");
  expect(await screen.findByText("answer 2 of 2", { exact: false })).toBeVisible();
  expect(location.search).toBe("?c=c1");
});

test("a first question whose conversation begins late leaves in view what was opened meanwhile", async () => {
  const { asked, release } = serve();
  const user = open("/");
  await screen.findByPlaceholderText("Ask a question");
  await user.type(await field(), "Why?{Enter}");
  await waitFor(() => expect(asked).toEqual(["POST /api/conversations"]));
  turnTo("c2");
  expect(await screen.findByPlaceholderText(WAITS)).toBeVisible();
  release();
  await waitFor(() => expect(asked).toContain("POST /api/conversations/c3/replies"));
  expect(await screen.findByPlaceholderText("Ask a question")).toBeVisible();
  expect(location.search).toBe("?c=c2");
});

test("an answer in a copy that begins late leaves in view what was opened meanwhile", async () => {
  const { asked, release } = serve();
  const user = open("/?c=c1&run=r1");
  await user.click(await screen.findByRole("button", { name: "Edit this question" }));
  await user.keyboard(" Please.{Enter}");
  await waitFor(() => expect(asked).toContain("POST /api/conversations/c4/replies"));
  turnTo("c2");
  release();
  expect(await screen.findByPlaceholderText("Ask a question")).toBeVisible();
  expect(location.search).toBe("?c=c2");
});

test("a new conversation opened while another is answered offers its questions, and none can be asked yet", async () => {
  const { release } = serve();
  const user = open("/?c=c1&run=r1");
  await user.click(await screen.findByRole("button", { name: "Ask again, seed 1" }));
  await screen.findByText("Sending");
  turnTo(null);
  expect(await screen.findByRole("button", { name: /How many legs/ })).toBeDisabled();
  release();
  await waitFor(() => expect(screen.getByRole("button", { name: /How many legs/ })).toBeEnabled());
});
