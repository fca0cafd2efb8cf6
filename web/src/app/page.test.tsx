import { act, cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { makeConversation, makeProblem, makeRun, makeSubject, makeTokens } from "@/testing/builders";
import { renderWith } from "@/testing/render";
import { server, sse } from "@/testing/server";
import { Page } from "./page";

const run = makeRun();
const started = {
  type: "started",
  run_id: "r1",
  turn_id: "t2",
  user_turn_id: "t1",
  tokens: run.tokens.slice(0, run.n_prompt),
  reply_from: run.reply_from,
};
const written = makeTokens(["The", " first"], {}, run.n_prompt).map((token) => ({ type: "token", token }));

function conversationExists(): void {
  server.use(
    http.post("*/api/conversations", () => HttpResponse.json(makeConversation([], { turns: [] }))),
    http.get("*/api/conversations/c1", () => HttpResponse.json(makeConversation([run]))),
    http.get("*/api/runs/r1", () => HttpResponse.json(run)),
    http.get("*/api/conversations", () => HttpResponse.json([])),
  );
}

test("a first question begins a conversation; its answer comes token by token and the address keeps both", async () => {
  conversationExists();
  server.use(
    http.post("*/api/conversations/c1/replies", () =>
      sse([started, ...written, { type: "done", finish: "length", n_tokens: 2, seconds: 0.2 } as never]),
    ),
  );
  renderWith(<Page />);
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: /How many legs/ }));
  const facts = await screen.findByRole("list", { name: "About this answer" });
  await waitFor(() => expect(facts).toHaveTextContent(/2 tokens · 10 tokens\/s · Cut at the limit/));
  await user.hover(screen.getByRole("button", { name: "10 tokens/s" }));
  expect(screen.getByRole("tooltip")).toHaveTextContent(/time in line is left out/);
  expect(screen.getByRole("button", { name: "The" })).toBeVisible();
  expect(location.search).toBe("?c=c1&run=r1");
});

test("a refused question is explained and given back", async () => {
  conversationExists();
  server.use(http.post("*/api/conversations/c1/replies", () => HttpResponse.json(makeProblem(), { status: 413 })));
  renderWith(<Page />);
  const user = userEvent.setup();
  const field = await screen.findByRole("textbox", { name: "Your question" });
  await screen.findByPlaceholderText("Ask a question");
  await user.type(field, "long{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("ask a shorter one");
  expect(screen.getByRole("textbox", { name: "Your question" })).toHaveValue("long");
});

test("a model on its way shows its stage, and nothing can be sent before it is there", async () => {
  const progress = { stage: "convert", done: 40, total: 272, unit: "tensors", detail: null };
  server.use(http.get("*/api/subject", () => HttpResponse.json(makeSubject({ state: "loading", progress }))));
  renderWith(<Page />);
  expect(await screen.findByText("Unpacking the model")).toBeVisible();
  expect(screen.getByRole("progressbar", { name: "Loading the model" })).toHaveAttribute("aria-valuenow", "40");
  expect(screen.getByRole("button", { name: /How many legs/ })).toBeDisabled();
});

test("a server that is gone is said, without losing the page", async () => {
  server.use(http.get("*/api/subject", () => HttpResponse.error()));
  renderWith(<Page />);
  expect(await screen.findByText("The server is out of reach.")).toBeVisible();
});

test("a link to what is no longer there says so and offers a way on", async () => {
  history.replaceState(null, "", "/?c=gone");
  const problem = makeProblem({ status: 404, what: "no such conversation", why: "", instead: "choose another" });
  server.use(http.get("*/api/conversations/gone", () => HttpResponse.json(problem, { status: 404 })));
  renderWith(<Page />);
  expect(await screen.findByRole("alert")).toHaveTextContent("no such conversation");
  await userEvent.setup().click(screen.getByRole("button", { name: "Begin a new conversation" }));
  expect(await screen.findByRole("button", { name: /How many legs/ })).toBeVisible();
});

test("where only the answer that a link names is gone, the newest one is shown instead", async () => {
  conversationExists();
  const gone = makeProblem({ status: 404, code: "not_found", what: "there is no such run", instead: "" });
  server.use(http.get("*/api/runs/gone", () => HttpResponse.json(gone, { status: 404 })));
  history.replaceState(null, "", "/?c=c1&run=gone&token=9");
  renderWith(<Page />);
  expect(await screen.findByRole("alert")).toHaveTextContent("there is no such run");
  await userEvent.setup().click(screen.getByRole("button", { name: "Show its newest answer" }));
  expect(await screen.findByRole("button", { name: "first" })).toBeVisible();
  expect(screen.queryByRole("alert")).toBeNull();
  expect(location.search).toBe("?c=c1");
});

test("where the answer beside is gone, that is said, and the other one stands alone", async () => {
  conversationExists();
  const gone = makeProblem({ status: 404, code: "not_found", what: "there is no such run", instead: "" });
  server.use(http.get("*/api/runs/gone", () => HttpResponse.json(gone, { status: 404 })));
  history.replaceState(null, "", "/?c=c1&run=r1&beside=gone");
  renderWith(<Page />);
  expect(await screen.findByRole("alert")).toHaveTextContent(
    "The answer beside this one cannot be shown: there is no such run",
  );
  expect(await screen.findByRole("button", { name: "first" })).toBeVisible();
  await userEvent.setup().click(screen.getByRole("button", { name: "Show this answer alone" }));
  expect(screen.queryByRole("alert")).toBeNull();
  expect(location.search).toBe("?c=c1&run=r1");
});

test("a question mark opens the keys, but not while one types", async () => {
  renderWith(<Page />);
  const user = userEvent.setup();
  await user.type(await screen.findByRole("textbox", { name: "Your question" }), "?");
  expect(screen.queryByRole("dialog")).toBeNull();
  await user.click(document.body);
  await user.keyboard("?");
  expect(await screen.findByRole("dialog", { name: "Keys and words" })).toBeVisible();
});

test("the title is renamed in place, by a double click or a button", async () => {
  conversationExists();
  const titles: string[] = [];
  server.use(
    http.patch("*/api/conversations/c1", async ({ request }) => {
      const { title } = (await request.json()) as { title: string };
      titles.push(title);
      return HttpResponse.json(makeConversation([run], { title }));
    }),
  );
  history.replaceState(null, "", "/?c=c1&run=r1");
  renderWith(<Page />);
  const user = userEvent.setup();
  await user.dblClick(await screen.findByTitle("Which one?"));
  await user.keyboard("Two of them{Escape}");
  expect(titles).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Rename this conversation" }));
  await user.keyboard("Two of them{Enter}");
  expect(await screen.findByTitle("Two of them")).toBeVisible();
  await waitFor(() => expect(screen.getByRole("button", { name: "Rename this conversation" })).toHaveFocus());
  expect(titles).toEqual(["Two of them"]);
});

test("surprise and template markers stay as they were left", async () => {
  conversationExists();
  history.replaceState(null, "", "/?c=c1&run=r1");
  renderWith(<Page />);
  const user = userEvent.setup();
  const markers = await screen.findByRole("button", { name: "template markers" });
  act(() => markers.focus());
  await user.keyboard("{Enter}");
  expect(markers).toHaveAttribute("aria-pressed", "true");
  await user.click(screen.getByRole("button", { name: "surprise" }));
  cleanup();
  renderWith(<Page />);
  expect(await screen.findByRole("button", { name: "template markers" })).toHaveAttribute("aria-pressed", "true");
  expect(screen.getByRole("button", { name: "surprise" })).toHaveAttribute("aria-pressed", "true");
  expect(screen.getAllByText("</s>")).not.toHaveLength(0);
});

test("a stream that breaks off is taken up from the journal once the server is back", async () => {
  conversationExists();
  let down = false;
  const stopped = makeRun({ state: "stopped", finish: "stopped" });
  server.use(
    http.post("*/api/conversations/c1/replies", () => {
      down = true;
      return sse([started, ...written.slice(0, 1)], false, true);
    }),
    http.get("*/api/subject", () => (down ? HttpResponse.error() : HttpResponse.json(makeSubject()))),
    http.get("*/api/runs/r1", () => (down ? HttpResponse.error() : HttpResponse.json(stopped))),
  );
  renderWith(<Page />);
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: /How many legs/ }));
  expect(await screen.findByText("The server is out of reach.")).toBeVisible();
  expect(screen.getByRole("button", { name: "The" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "first" })).toBeNull();
  down = false;
  expect(await screen.findByRole("button", { name: "first" }, { timeout: 6000 })).toBeVisible();
  expect(screen.getByRole("list", { name: "About this answer" })).toHaveTextContent(/^4 tokens · Stopped/);
  await waitFor(() => expect(screen.queryByText("The server is out of reach.")).toBeNull(), { timeout: 6000 });
}, 15_000);

test("a conversation deleted in another tab is said, and what was typed goes along to a new one", async () => {
  conversationExists();
  const gone = makeProblem({ status: 404, code: "not_found", what: "there is no such conversation", instead: "" });
  history.replaceState(null, "", "/?c=c1&run=r1");
  renderWith(<Page />);
  const user = userEvent.setup();
  const field = await screen.findByRole("textbox", { name: "Your question" });
  await screen.findByRole("button", { name: "first" });
  server.use(
    http.post("*/api/conversations/c1/replies", () => HttpResponse.json(gone, { status: 404 })),
    http.get("*/api/conversations/c1", () => HttpResponse.json(gone, { status: 404 })),
  );
  await user.type(field, "And then?{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("there is no such conversation");
  await user.click(await screen.findByRole("button", { name: "Begin a new conversation" }));
  expect(screen.queryByRole("alert")).toBeNull();
  expect(location.search).toBe("");
  expect(screen.getByRole("textbox", { name: "Your question" })).toHaveValue("And then?");
});
