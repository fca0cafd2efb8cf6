import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import type { Card } from "@/api/types";
import { parseFeature } from "@/lib/feature-id";
import { count } from "@/lib/format";
import { makeCard, makeDescribed, makeExemplar, makeProblem, makeTraced } from "@/testing/builders";
import { renderWith } from "@/testing/render";
import { server } from "@/testing/server";
import { FeatureCard } from "./feature-card";
import { useTried } from "./use-tried";

const ID = "mlp.12.3047.pos";

beforeEach(() => useTried.setState({ draft: { text: "", asMessage: false }, asked: null }));

function atlasHas(card: Card, over: { neighbours?: unknown } = {}): void {
  server.use(
    http.get("*/api/features/:id/neighbours", () =>
      HttpResponse.json(over.neighbours ?? { n_exemplars: 20, features: [] }),
    ),
    http.get("*/api/features/:id", ({ request }) => {
      const n = Number(new URL(request.url).searchParams.get("exemplars"));
      return HttpResponse.json({ ...card, exemplars: card.exemplars.slice(0, n) });
    }),
  );
}

function show(over: Partial<Parameters<typeof FeatureCard>[0]> = {}, id = ID) {
  const feature = parseFeature(id);
  if (!feature) throw new Error(id);
  const onBack = vi.fn();
  renderWith(<FeatureCard feature={feature} here={null} actions={null} back="Back" onBack={onBack} {...over} />);
  return { onBack, user: userEvent.setup() };
}

const section = (name: string) => within(screen.getByRole("region", { name }));

test("a card says how often and how strongly, on what, and what it writes, each number with its unit", async () => {
  atlasHas(makeCard());
  show();
  expect(await screen.findByText("34 % of tokens")).toBeVisible();
  expect(screen.getByRole("heading", { name: "Neuron 3047 of layer 12, above 0" })).toHaveFocus();
  expect(screen.getByText(/no description yet/)).toBeVisible();
  const numbers = section("Numbers");
  const [tails, values] = numbers.getAllByRole("row");
  expect(tails?.textContent).toBe([1000, 10_000, 100_000, 1_000_000].map(count).join(""));
  expect(values?.textContent).toBe("1.02.03.04.0");
  expect(numbers.getByText("at 18 of 20 peaks")).toBeVisible();
  const fires = section("Where it fires most");
  const exemplars = fires.getAllByRole("listitem");
  expect(exemplars).toHaveLength(2);
  expect(exemplars[0]).toHaveTextContent("4.0almanac, document 12MIT");
  const writes = section("What it writes");
  expect(
    within(writes.getByRole("list", { name: "Tokens it promotes" })).getAllByRole("listitem")[0],
  ).toHaveTextContent("␣May+0.40");
  expect(
    within(writes.getByRole("list", { name: "Tokens it suppresses" })).getAllByRole("listitem")[0],
  ).toHaveTextContent("␣the−0.30");
  expect(screen.getByRole("link", { name: "mlp.12.3047.neg" })).toHaveAttribute(
    "href",
    "/?card=mlp.12.3047.neg&pane=why",
  );
});

test("a description stands with its score, what it is held against, and whether it matters", async () => {
  const told = makeDescribed({ description: "Fires on <i>months</i>." });
  atlasHas(makeCard({ description: told.description, summary: told.summary, score: told.score, told }));
  const { user } = show();
  const words = within(await screen.findByRole("region", { name: "In words" }));
  expect(words.getByText("Fires on <i>months</i>.")).toBeVisible();
  const scores = [...screen.getByLabelText("Score beside its baselines").children].map((row) => row.textContent);
  expect(scores).toEqual([
    "this description0.62 0.55–0.68",
    "every token0.48",
    "its best token0.31",
    "another’s words0.01",
  ]);
  expect(words.getByText(/^Promotes days of the month\./)).toBeVisible();
  expect(words.getByText(/83.% likely to matter/)).toBeVisible();
  expect(within(words.getByRole("list", { name: "Reasons" })).getAllByRole("listitem")).toHaveLength(2);
  await user.hover(words.getByRole("button", { name: "score on unseen text" }));
  expect(screen.getByRole("tooltip")).toHaveTextContent(/Correlation/);
});

test("a list of words that it promotes is said not to be scored", async () => {
  const told = makeDescribed({ output: "Promotes “rum” and “gin”.", output_score: null });
  atlasHas(makeCard({ description: told.description, summary: told.summary, score: told.score, told }));
  show();
  expect(await screen.findByText(/^Promotes “rum” and “gin”\./)).toHaveTextContent(
    "Promotes “rum” and “gin”. Not scored: it lists what is raised most.",
  );
  expect(screen.queryByText("output score")).toBeNull();
});

test("a description is text, whatever stands in it", async () => {
  const markup = `<img src="x" alt="hurt"><script>hurt()</script>`;
  const told = makeDescribed({ description: markup, summary: markup, output: markup, reasons: [markup] });
  atlasHas(makeCard({ description: markup, summary: markup, score: told.score, told }));
  show();
  expect(await screen.findByRole("heading", { name: markup })).toBeVisible();
  expect(screen.getAllByText(markup, { exact: false })).toHaveLength(4);
  expect(document.querySelector("img, script")).toBeNull();
});

test("a dead feature says so in place of a description", async () => {
  const told = makeDescribed({ description: null, summary: null, status: "dead", score: null });
  atlasHas(makeCard({ told }));
  show();
  expect(await screen.findByText(/never active in all that was read/)).toBeVisible();
});

test("the first token is an attention sink: it is shaded like nothing", async () => {
  atlasHas(makeCard({ exemplars: [makeExemplar({ activations: [900, 0, 0, 0, 0, 4, 0, 0, 0] })], n_exemplars: 1 }));
  show();
  const text = await screen.findByRole("group", { name: /^Exemplar 1/ });
  expect(text.querySelector('[data-at="0"]')).not.toHaveClass("shade");
});

test("the histogram reads bin by bin, and marks the present value", async () => {
  atlasHas(makeCard());
  const here = { text: " May", pos: 4, activation: 1.5, effect: { nats: 0.8, measured: true } };
  const { user } = show({ here });
  const slider = await screen.findByRole("slider", { name: "Tokens by activation" });
  expect(screen.getByText("here 1.5")).toBeVisible();
  expect(slider).toHaveAttribute("aria-valuetext", `1.0 to 2.0: ${count(3000)} tokens`);
  act(() => slider.focus());
  await user.keyboard("{ArrowRight}");
  expect(slider).toHaveAttribute("aria-valuetext", "2.0 to 3.0: 7 tokens");
  expect(screen.getByText("2.0 to 3.0: 7 tokens")).toBeVisible();
  await user.keyboard("{Home}");
  expect(slider).toHaveAttribute("aria-valuenow", "0");
  expect(screen.getByText(/0.50 × tail quantile/)).toBeVisible();
  expect(screen.getByText(/\+0.80 nats/)).toBeVisible();
});

test("the other exemplars come when they are asked for, and are computed when that is asked for", async () => {
  const bare = makeExemplar({
    rank: 5,
    peak: 1,
    activations: Array.from({ length: 9 }, (_, i) => (i === 5 ? 1 : null)),
  });
  const six = [0, 1, 2, 3, 4].map((rank) => makeExemplar({ rank }));
  atlasHas(makeCard({ exemplars: [...six, bare], n_exemplars: 6 }));
  server.use(
    http.get("*/api/features/:id/exemplars/5", () =>
      HttpResponse.json({ ...bare, activations: [900, 0, 0, 0.5, 2, 1.01, 0, 0, -1], stored_peak: 1, peak: 1.01 }),
    ),
  );
  const { user } = show();
  await user.click(await screen.findByRole("button", { name: "Show 1 more" }));
  const text = await screen.findByRole("group", { name: /^Exemplar 6/ });
  expect(text.querySelectorAll(".shade")).toHaveLength(1);
  await user.click(screen.getByRole("button", { name: "Compute the shades of exemplar 6" }));
  expect(await screen.findByText("exact")).toBeVisible();
  expect(text.querySelectorAll(".shade")).toHaveLength(3);
  await user.click(screen.getByRole("button", { name: "Show the first 5 only" }));
  expect(screen.queryByRole("group", { name: /^Exemplar 6/ })).toBeNull();
});

test("a long text is shown around its peak, and whole on request", async () => {
  const texts = Array.from({ length: 100 }, (_, i) => ({ id: i, text: ` w${i}` }));
  const activations = texts.map((_, i) => (i === 60 ? 4 : null));
  atlasHas(makeCard({ exemplars: [makeExemplar({ tokens: texts, pos: 60, activations })], n_exemplars: 1 }));
  const { user } = show();
  const text = await screen.findByRole("group", { name: /^Exemplar 1/ });
  expect(text).toHaveTextContent(/^… w32 .* w72 …$/);
  await user.click(screen.getByRole("button", { name: "Whole text of exemplar 1" }));
  expect(text).toHaveTextContent(/^w0 .* w99$/);
});

test("a text of one's own is read, shaded on the card's own scale, and stays for the next card", async () => {
  atlasHas(makeCard());
  let asked: unknown;
  server.use(
    http.post("*/api/features/:id/activations", async ({ request }) => {
      asked = await request.json();
      return HttpResponse.json(makeTraced(["<end>", "in", " June"], [800, -1, 2]));
    }),
  );
  const { user } = show();
  await screen.findByText("34 % of tokens");
  const field = screen.getByRole("textbox", { name: "Text to read for this feature" });
  expect(screen.getByRole("button", { name: "Read it" })).toBeDisabled();
  await user.type(field, "in June");
  await user.click(screen.getByRole("checkbox", { name: "as a chat message" }));
  await user.type(field, "{Control>}{Enter}{/Control}");
  expect((await screen.findByText(/^Strongest at/)).closest("p")).toHaveTextContent(
    /^Strongest at\s*␣June\s*2.0\s*0.67 × tail quantile$/,
  );
  expect(asked).toEqual({ text: "in June", as_message: true });
  const text = screen.getByRole("group", { name: /^Your text/ });
  expect(text.querySelector<HTMLElement>('[data-at="2"]')?.style.getPropertyValue("--depth")).toBe("0.500");
  expect(text.querySelector('[data-at="0"]')).not.toHaveClass("shade");
});

test("a text in which it stays silent is said to be one", async () => {
  atlasHas(makeCard());
  server.use(
    http.post("*/api/features/:id/activations", () => HttpResponse.json(makeTraced(["<end>", "a"], [800, -1]))),
  );
  const { user } = show();
  await user.clear(screen.getByRole("textbox"));
  await user.type(screen.getByRole("textbox"), "a b");
  await user.click(screen.getByRole("button", { name: "Read it" }));
  expect(await screen.findByText(/does not fire in this text/)).toBeVisible();
});

test("neighbours are links, with how much they share", async () => {
  const features = [{ id: "mlp.3.17.neg", shared: 7, description: null }];
  atlasHas(makeCard(), { neighbours: { n_exemplars: 20, features } });
  const { user } = show();
  const link = await screen.findByRole("link", { name: "mlp.3.17.neg" });
  expect(link.closest("li")).toHaveTextContent("7 of 20");
  await user.click(link);
  expect(new URLSearchParams(location.search).get("card")).toBe("mlp.3.17.neg");
});

test("without an atlas it is said in words, and a text can still be tried", async () => {
  const problem = makeProblem({
    status: 404,
    code: "not_found",
    what: "no atlas is open for this model, so nothing is known about its features",
    why: "none comes ready-made for it",
    instead: "make one with pellucid atlas build, and start again with --atlas DIR",
  });
  server.use(http.get("*/api/features/:id", () => HttpResponse.json(problem, { status: 404 })));
  show();
  expect(await screen.findByText(/^no atlas is open for this model/)).toBeVisible();
  expect(screen.getByText(/pellucid atlas build/)).toBeVisible();
  expect(screen.queryByRole("alert")).toBeNull();
  expect(screen.getByRole("textbox", { name: "Text to read for this feature" })).toBeVisible();
  expect(screen.getByRole("link", { name: "mlp.12.3047.neg" })).toBeVisible();
});

test("a damaged atlas is an error that can be tried again", async () => {
  server.use(http.get("*/api/features/:id", () => HttpResponse.json(makeProblem({ status: 409 }), { status: 409 })));
  const { user } = show();
  await screen.findByRole("alert");
  atlasHas(makeCard());
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("34 % of tokens")).toBeVisible();
});

test("the link to a card is copied, and the way back leads back", async () => {
  atlasHas(makeCard());
  const { user, onBack } = show();
  await user.click(screen.getByRole("button", { name: "Copy link" }));
  await waitFor(async () =>
    expect(await navigator.clipboard.readText()).toMatch(/\?card=mlp\.12\.3047\.pos&pane=why$/),
  );
  expect(await screen.findAllByText(/^Link copied\./)).not.toHaveLength(0);
  await user.click(screen.getByRole("button", { name: "Back" }));
  expect(onBack).toHaveBeenCalledOnce();
});

test("features alike are one press away, where there is a description to go by", async () => {
  atlasHas(makeCard({ description: "Fires on months of the year.", told: makeDescribed() }));
  const { user } = show();
  await user.click(await screen.findByRole("button", { name: "Find alike" }));
  expect(new URLSearchParams(location.search).get("q")).toBe(ID);
});
