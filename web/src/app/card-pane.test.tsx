import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { makeActive, makeCard, makeConversation, makeEffect, makeRun } from "@/testing/builders";
import { renderWith } from "@/testing/render";
import { server, sse } from "@/testing/server";
import { Page } from "./page";

const run = makeRun();
const effects = [
  makeEffect(),
  makeEffect({ id: "mlp.3.17.neg", sign: "neg", pos: 3, activation: -2, attribution: -0.4 }),
];
const target = { pos: 9, id: 1, text: " first", logprob: -1, tokens: [] };

function all(): void {
  server.use(
    http.get("*/api/conversations/c1", () => HttpResponse.json(makeConversation([run]))),
    http.get("*/api/conversations", () => HttpResponse.json([])),
    http.get("*/api/runs/r1", () => HttpResponse.json(run)),
    http.post("*/api/runs/r1/why", () =>
      sse([{ type: "estimate", target, contrast: null, method: "corrected", effects } as never, { type: "done" }]),
    ),
    http.get("*/api/features/:id/neighbours", () => HttpResponse.json({ n_exemplars: 2, features: [] })),
    http.get("*/api/features/:id", ({ params }) =>
      HttpResponse.json(makeCard({ id: String(params.id), other: "mlp.3.17.pos" })),
    ),
  );
}

test("a row opens its card in the same screen, with the present value; the way back returns the focus", async () => {
  all();
  history.replaceState(null, "", "/?c=c1&run=r1&token=9&pane=why");
  renderWith(<Page />);
  const user = userEvent.setup();
  const link = await screen.findByRole("link", { name: "mlp.3.17.neg" });
  await user.click(link);
  expect(new URLSearchParams(location.search).get("card")).toBe("mlp.3.17.neg@3");
  expect(await screen.findByRole("heading", { name: "Neuron 17 of layer 3, below 0" })).toHaveFocus();
  expect(await screen.findByText("here −2.0")).toBeVisible();
  expect(screen.getByRole("group", { name: "Conversation, token by token" })).toBeVisible();
  expect(screen.queryByRole("link", { name: "mlp.12.3047.pos" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Suppress" }));
  expect(new URLSearchParams(location.search).get("steer")).toBe("mlp.3.17.neg=x@prompt");
  await user.click(screen.getByRole("button", { name: "Why ␣first" }));
  await waitFor(() => expect(link).toHaveFocus());
  expect(new URLSearchParams(location.search).get("card")).toBeNull();
  expect(new URLSearchParams(location.search).get("steer")).toBe("mlp.3.17.neg=x@prompt");
});

test("Escape leads back too, and the browser's own way does", async () => {
  all();
  history.replaceState(null, "", "/?c=c1&run=r1&token=9&pane=why");
  renderWith(<Page />);
  const user = userEvent.setup();
  const link = await screen.findByRole("link", { name: "mlp.12.3047.pos" });
  await user.click(link);
  await screen.findByRole("heading", { name: /^Neuron 3047/ });
  await user.keyboard("{Escape}");
  await waitFor(() => expect(link).toHaveFocus());
  await user.click(link);
  await screen.findByRole("heading", { name: /^Neuron 3047/ });
  history.back();
  await waitFor(() => expect(link).toHaveFocus());
});

test("a link to a card opens it without any conversation", async () => {
  all();
  history.replaceState(null, "", "/?card=mlp.12.3047.pos&pane=why");
  renderWith(<Page />);
  expect(await screen.findByText("34 % of tokens")).toBeVisible();
  expect(screen.queryByText(/^here/)).toBeNull();
  expect(screen.getByRole("textbox", { name: "Your question" })).toBeVisible();
});

test("a link that names no feature opens no card", async () => {
  all();
  history.replaceState(null, "", "/?card=mlp.12.pos&pane=why");
  renderWith(<Page />);
  expect(await screen.findByRole("heading", { name: "Why" })).toBeVisible();
});

test("what can be done with a row opens under it, in the list", async () => {
  all();
  history.replaceState(null, "", "/?c=c1&run=r1&token=9&pane=why");
  renderWith(<Page />);
  const user = userEvent.setup();
  const more = await screen.findByRole("button", { name: "What can be done with mlp.3.17.neg at token 3" });
  expect(more).toHaveAttribute("aria-expanded", "false");
  await user.click(more);
  expect(more).toHaveAttribute("aria-expanded", "true");
  expect(screen.getByRole("button", { name: "Suppress" })).toBeVisible();
});

test("a card opened from what is active tells the activation there, and no effect", async () => {
  all();
  const active = makeActive({ id: "mlp.3.17.neg", sign: "neg", activation: -2, pos: 9 });
  server.use(http.post("*/api/runs/r1/active", () => HttpResponse.json({ scale: "", effects: [active] })));
  history.replaceState(null, "", "/?c=c1&run=r1&token=9&by=activation&pane=why");
  renderWith(<Page />);
  const user = userEvent.setup();
  await user.click(await screen.findByRole("link", { name: "mlp.3.17.neg" }));
  expect(await screen.findByText("here −2.0")).toBeVisible();
  expect(screen.queryByText(/^effect, /)).toBeNull();
  expect(screen.getByRole("button", { name: "Active at ␣first" })).toBeVisible();
});
