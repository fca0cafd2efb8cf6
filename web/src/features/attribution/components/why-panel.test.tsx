import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { usePointing } from "@/lib/pointing";
import { makeActive, makeEffect, makeProblem, makeRun, makeToken, makeVerification } from "@/testing/builders";
import { renderWith } from "@/testing/render";
import { server, sse } from "@/testing/server";
import { WhyPanel } from "./why-panel";

const effects = [
  makeEffect(),
  makeEffect({ id: "mlp.3.17.neg", sign: "neg", pos: 3, attribution: -0.4, estimate: -0.4 }),
  makeEffect({ id: "mlp.0.9.pos", pos: 5, attribution: 0.2, measured: true }),
];
const target = { pos: 9, id: 1, text: " first", logprob: -1, tokens: [] };
const estimate = { type: "estimate", target, contrast: null, method: "corrected", effects };

function show(over: Partial<Parameters<typeof WhyPanel>[0]> = {}) {
  const run = makeRun();
  const onSuppress = vi.fn();
  const onStrengthen = vi.fn();
  const token = run.tokens[9] ?? makeToken();
  renderWith(
    <WhyPanel
      run={run}
      token={token}
      contrast={null}
      feature={null}
      span={null}
      onSuppress={onSuppress}
      onStrengthen={onStrengthen}
      save={(features) => `save ${features.length}`}
      clamp={() => null}
      {...over}
    />,
  );
  return { onSuppress, onStrengthen, user: userEvent.setup() };
}

test("estimates come first and become measurements, in words as well as in bars", async () => {
  const measured = { type: "measured", effects: [{ id: "mlp.12.3047.pos", pos: 4, effect: 1.2 }] };
  server.use(
    http.post("*/api/runs/r1/why", () =>
      sse([{ type: "queued", position: 0 } as never, estimate, measured, { type: "done" }]),
    ),
  );
  show();
  const rows = within(await screen.findByRole("list", { name: "Features, largest estimate first" })).getAllByRole(
    "listitem",
  );
  expect(rows.map((row) => row.querySelector("a")?.textContent)).toEqual(effects.map((effect) => effect.id));
  expect(rows[0]).toHaveTextContent("+1.2 nats, measured, promoted");
  expect(rows[1]).toHaveTextContent("−0.40 nats, estimated, held back");
  expect(rows.map((row) => row.querySelector("[data-measured]")?.getAttribute("data-measured"))).toEqual([
    "true",
    "false",
    "true",
  ]);
  const counted = screen.getByText("2 of 3");
  expect(counted).toHaveAttribute("aria-live", "polite");
  expect(counted.querySelector("button")).toBeNull();
});

test("the question carries the contrast, and the list of alternatives chooses it", async () => {
  let asked: unknown;
  server.use(
    http.post("*/api/runs/r1/why", async ({ request }) => {
      asked = await request.json();
      return sse([estimate, { type: "done" }]);
    }),
  );
  const token = makeToken({ pos: 9, text: " first", top: [{ id: 5, text: " second", logprob: Math.log(0.3) }] });
  const { user } = show({ token, contrast: 77 });
  await screen.findByRole("list");
  expect(asked).toEqual({ pos: 9, contrast_id: 77, measure: 20 });
  await user.selectOptions(screen.getByLabelText("Rather than"), "5");
  expect(new URLSearchParams(location.search).get("vs")).toBe("5");
});

test("pointing at a row lights its token, and the sides can be shown alone", async () => {
  server.use(http.post("*/api/runs/r1/why", () => sse([estimate, { type: "done" }])));
  const { user } = show();
  await user.hover(await screen.findByText("mlp.3.17.neg"));
  expect(usePointing.getState().lit).toMatchObject({ run: "r1", at: [3] });
  await user.click(screen.getByRole("button", { name: "held back 1" }));
  expect(screen.getAllByRole("link").map((link) => link.textContent)).toEqual(["mlp.3.17.neg"]);
});

test("chosen rows are suppressed or verified together, with interval and verdict in words", async () => {
  let asked: unknown;
  server.use(
    http.post("*/api/runs/r1/why", () => sse([estimate, { type: "done" }])),
    http.post("*/api/runs/r1/verify", async ({ request }) => {
      asked = await request.json();
      return HttpResponse.json(makeVerification());
    }),
  );
  const { user, onSuppress, onStrengthen } = show();
  await user.click(await screen.findByLabelText("Choose mlp.12.3047.pos at token 4"));
  await user.click(screen.getByLabelText("Choose mlp.0.9.pos at token 5"));
  expect(screen.getByText("save 2")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Suppress" }));
  expect(onSuppress).toHaveBeenCalledWith(["mlp.12.3047.pos", "mlp.0.9.pos"], [4, 5]);
  await user.click(screen.getByRole("button", { name: "Strengthen" }));
  expect(onStrengthen).toHaveBeenCalledWith(["mlp.12.3047.pos", "mlp.0.9.pos"], [4, 5]);
  await user.click(screen.getByRole("button", { name: "Verify" }));
  expect(await screen.findByText(/These 2 features promote the target/)).toBeVisible();
  expect(screen.getByText(/random −0.14 to \+0.19 nats/)).toBeVisible();
  expect(asked).toEqual({ pos: 9, features: ["mlp.12.3047.pos", "mlp.0.9.pos"] });
});

test("an error in the middle says what, why and what instead, and can be tried again", async () => {
  server.use(http.post("*/api/runs/r1/why", () => sse([{ type: "error", problem: makeProblem() } as never])));
  const { user } = show();
  expect(await screen.findByRole("alert")).toHaveTextContent("ask a shorter one");
  server.use(http.post("*/api/runs/r1/why", () => sse([estimate, { type: "done" }])));
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("mlp.12.3047.pos")).toBeVisible();
});

test("the place in line is said", async () => {
  server.use(http.post("*/api/runs/r1/why", () => sse([{ type: "queued", position: 2 } as never], true)));
  show();
  expect(await screen.findByText(/The model is busy: 2 requests ahead/)).toBeVisible();
});

test("a row says what its feature fires on, marked by the score; the id stays its link", async () => {
  const told = [
    makeEffect({ summary: "months of the year", description: "Fires on months of the year.", score: 0.6 }),
    makeEffect({ id: "mlp.3.17.neg", summary: "commas", description: "Fires on commas.", score: 0.1 }),
  ];
  server.use(http.post("*/api/runs/r1/why", () => sse([{ ...estimate, effects: told } as never, { type: "done" }])));
  show();
  expect(await screen.findByTitle("Fires on months of the year. Score 0.60.")).toHaveTextContent(
    /^months of the yearscore 0.60$/,
  );
  expect(screen.getByTitle("Fires on commas. Score 0.10.")).toHaveTextContent(/^unsurecommasscore 0.10$/);
  expect(screen.getByText("commas").closest(".truncate")).not.toHaveTextContent("0.10");
  expect(screen.getByRole("link", { name: "mlp.3.17.neg" })).toBeVisible();
});

test("what is active takes the place of the explanation, in the address, and can be verified for the token", async () => {
  let asked: unknown;
  const why = vi.fn(() => sse([estimate, { type: "done" }]));
  server.use(
    http.post("*/api/runs/r1/why", why),
    http.post("*/api/runs/r1/active", () =>
      HttpResponse.json({ scale: "feature's 1e-5 tail quantile", effects: [makeActive()] }),
    ),
    http.post("*/api/runs/r1/verify", async ({ request }) => {
      asked = await request.json();
      return HttpResponse.json(makeVerification({ verdict: "within chance", effect: 0.01 }));
    }),
  );
  const { user } = show({ feature: "mlp.12.3047.pos@9" });
  await screen.findByRole("list");
  await user.click(screen.getByRole("button", { name: "Active" }));
  expect(new URLSearchParams(location.search).get("by")).toBe("activation");
  expect(screen.getByRole("heading", { name: /^Active at ␣first/ })).toBeVisible();
  await screen.findByRole("list", { name: "Features, farthest out first" });
  expect(screen.queryByLabelText("Rather than")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Verify" }));
  expect(await screen.findByText(/^Within chance: suppressing this feature/)).toBeVisible();
  expect(asked).toEqual({ pos: 9, features: ["mlp.12.3047.pos"] });
  await user.click(screen.getByRole("button", { name: "Why" }));
  expect(await screen.findByRole("list", { name: "Features, largest estimate first" })).toBeVisible();
  expect(location.search).toBe("");
  expect(why).toHaveBeenCalledTimes(1);
});

test("a link to what is active asks for no explanation", async () => {
  history.replaceState(null, "", "/?by=activation");
  server.use(http.post("*/api/runs/r1/active", () => HttpResponse.json({ scale: "", effects: [makeActive()] })));
  show();
  expect(await screen.findByRole("list", { name: "Features, farthest out first" })).toBeVisible();
});

test("the first token of all has no explanation, and says so", () => {
  show({ token: makeToken({ pos: 0, logprob: null }) });
  expect(screen.getByText("The first token of all has nothing before it that could explain it.")).toBeVisible();
  expect(screen.getByRole("button", { name: "Active" })).toHaveAttribute("aria-pressed", "false");
});

test("an explanation without any site says that there is none", async () => {
  server.use(
    http.post("*/api/runs/r1/why", () =>
      sse([{ ...estimate, effects: [] } as never, { type: "done", seconds: 1 } as never]),
    ),
  );
  show();
  expect(await screen.findByText(/nothing can explain it/)).toBeVisible();
});

test("rows chosen belong to their token: at another one none are, and coming back they are again", async () => {
  server.use(http.post("*/api/runs/r1/why", () => sse([estimate, { type: "done" }])));
  const { user } = show();
  await user.click(await screen.findByLabelText("Choose mlp.12.3047.pos at token 4"));
  expect(screen.getByText("1 feature chosen")).toBeVisible();
  cleanup();
  show({ token: makeRun().tokens[10] ?? makeToken() });
  expect(await screen.findByLabelText("Choose mlp.12.3047.pos at token 4")).not.toBeChecked();
  expect(screen.queryByText("1 feature chosen")).toBeNull();
  cleanup();
  show();
  expect(await screen.findByLabelText("Choose mlp.12.3047.pos at token 4")).toBeChecked();
});

test("without known strengths nothing is strengthened", async () => {
  server.use(http.post("*/api/runs/r1/why", () => sse([estimate, { type: "done" }])));
  const { user } = show({ onStrengthen: null });
  await user.click(await screen.findByLabelText("Choose mlp.12.3047.pos at token 4"));
  expect(screen.queryByRole("button", { name: "Strengthen" })).toBeNull();
});

test("one feature verified is named by a link to its card", async () => {
  server.use(
    http.post("*/api/runs/r1/why", () => sse([estimate, { type: "done" }])),
    http.post("*/api/runs/r1/verify", () => HttpResponse.json(makeVerification())),
  );
  const { user } = show({ feature: "mlp.3.17.neg@3" });
  await user.click(await screen.findByRole("button", { name: "Verify" }));
  const note = await screen.findByRole("article", { name: "Verification of mlp.3.17.neg" });
  expect(within(note).getByRole("link", { name: "mlp.3.17.neg" })).toBeVisible();
});

test("the side that is shown stands in the address", async () => {
  history.replaceState(null, "", "/?side=hindered");
  server.use(http.post("*/api/runs/r1/why", () => sse([estimate, { type: "done" }])));
  const { user } = show();
  expect(await screen.findByRole("button", { name: "held back 1" })).toHaveAttribute("aria-pressed", "true");
  expect(screen.getAllByRole("link").map((link) => link.textContent)).toEqual(["mlp.3.17.neg"]);
  await user.click(screen.getByRole("button", { name: "promoted 2" }));
  expect(location.search).toBe("?side=promoted");
  await user.click(screen.getByRole("button", { name: "all 3" }));
  expect(location.search).toBe("");
});

test("what a score is stands above the rows, where rows have one", async () => {
  const told = [makeEffect({ summary: "months", description: "Fires on months.", score: 0.6 })];
  server.use(http.post("*/api/runs/r1/why", () => sse([{ ...estimate, effects: told } as never, { type: "done" }])));
  const { user } = show();
  await user.hover(await screen.findByRole("button", { name: "score" }));
  expect(screen.getByRole("tooltip")).toHaveTextContent(/on text it was not written from/);
});
