import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { useState } from "react";
import type { Change } from "@/features/steering/model/draft";
import { makeCard, makeProblem } from "@/testing/builders";
import { renderWith } from "@/testing/render";
import { server } from "@/testing/server";
import { ClampForm } from "./clamp-form";
import { DirectionButtons } from "./direction-buttons";
import { SteeringPanel } from "./steering-panel";

const change: Change = { features: ["mlp.12.3047.pos"], value: null, strength: 0, positions: "prompt", on: true };

const other: Change = { ...change, features: ["mlp.9.9.neg"] };
const verify = ({ features }: Change) => `verify ${features.length}`;

interface HeldProps {
  start: Change[];
  onAgain?: (() => void) | null;
  chosen?: string | null;
  unread?: number;
}

function Held({ start, onAgain = null, ...held }: HeldProps) {
  const [changes, setChanges] = useState(start);
  const [chosen, setChosen] = useState(held.chosen ?? null);
  const edit = (make: (now: readonly Change[]) => readonly Change[]): void => setChanges((now) => [...make(now)]);
  const panel = { changes, unread: held.unread ?? 0, chosen, onAgain, onEdit: edit, strengths: true, units: null };
  return (
    <>
      <SteeringPanel {...panel} undo={null} redo={null} save={() => null} verify={verify} sets={null} />
      <button type="button" onClick={() => setChosen(null)}>
        let go
      </button>
      <button type="button" onClick={() => setChanges((now) => [...now, other])}>
        another
      </button>
      <output>{JSON.stringify(changes)}</output>
    </>
  );
}

const held = (): Change[] => JSON.parse(screen.getByRole("status").textContent ?? "[]");

test("a change is switched off, given a value, moved and removed", async () => {
  const user = userEvent.setup();
  const onAgain = vi.fn();
  renderWith(<Held start={[change]} onAgain={onAgain} />);
  await user.click(screen.getByRole("switch", { name: "mlp.12.3047.pos is on" }));
  expect(held()[0]?.on).toBe(false);
  await user.click(screen.getByRole("switch"));
  await user.type(screen.getByLabelText(/Multiple of the tail quantile for mlp.12.3047.pos/), "-2.5");
  expect(held()[0]).toMatchObject({ value: null, strength: -2.5 });
  await user.selectOptions(screen.getByLabelText("Unit of the value for mlp.12.3047.pos"), "raw");
  await user.selectOptions(screen.getByLabelText("Where mlp.12.3047.pos is changed"), "all");
  expect(held()[0]).toEqual({ ...change, value: -2.5, positions: "all" });
  await user.clear(screen.getByLabelText(/Raw activation for mlp.12.3047.pos/));
  expect(held()[0]).toMatchObject({ value: null, strength: 0 });
  await user.click(screen.getByRole("button", { name: "Ask again with 1 change" }));
  expect(onAgain).toHaveBeenCalledOnce();
  await user.click(screen.getByRole("button", { name: "Remove mlp.12.3047.pos" }));
  expect(held()).toEqual([]);
});

test("while nothing can be asked the button says so", () => {
  renderWith(<Held start={[change]} />);
  expect(screen.getByRole("button", { name: /Ask again/ })).toBeDisabled();
});

test("a row suppresses its feature or sets it, and takes only finite numbers", async () => {
  const user = userEvent.setup();
  const onAdd = vi.fn();
  renderWith(
    <ClampForm
      feature="mlp.0.1.neg"
      activation={-3}
      strengths={false}
      start="prompt"
      chosen={null}
      current={[]}
      onAdd={onAdd}
      onRemove={vi.fn()}
    />,
  );
  await user.click(screen.getByRole("button", { name: "Suppress" }));
  expect(onAdd).toHaveBeenLastCalledWith({
    features: ["mlp.0.1.neg"],
    value: null,
    strength: 0,
    positions: "prompt",
    on: true,
  });
  const field = screen.getByLabelText(/^Raw activation for mlp.0.1.neg/);
  await user.type(field, "1e999");
  expect(screen.getByRole("button", { name: "Set" })).toBeDisabled();
  expect(field).toBeInvalid();
  await user.clear(field);
  await user.selectOptions(screen.getByLabelText("Where it acts"), "generated");
  await user.type(field, "4{Enter}");
  expect(onAdd).toHaveBeenLastCalledWith({
    features: ["mlp.0.1.neg"],
    value: 4,
    strength: 0,
    positions: "generated",
    on: true,
  });
});

test("with an atlas a feature is strengthened by a multiple of its tail quantile", async () => {
  const user = userEvent.setup();
  const onAdd = vi.fn();
  const onRemove = vi.fn();
  const row = { feature: "mlp.0.1.neg", activation: -3, start: "all", chosen: null, strengths: true, onAdd, onRemove };
  const { rerender } = render(<ClampForm {...row} current={[]} />);
  await user.type(screen.getByLabelText(/^Multiple of the tail quantile for mlp.0.1.neg/), "0.5{Enter}");
  const added = { features: ["mlp.0.1.neg"], value: null, strength: 0.5, positions: "all", on: true };
  expect(onAdd).toHaveBeenLastCalledWith(added);
  rerender(<ClampForm {...row} current={[added]} />);
  await user.click(screen.getByRole("button", { name: /set to 0.50 × tail quantile everywhere: undo/i }));
  expect(onRemove).toHaveBeenCalledWith(added);
  expect(screen.queryByRole("button", { name: "Suppress" })).toBeNull();
});

test("the tokens chosen are where a feature is changed, until another place is picked", async () => {
  const user = userEvent.setup();
  const onAdd = vi.fn();
  const row = { feature: "mlp.0.1.neg", activation: -3, start: "all", strengths: true, onAdd, onRemove: vi.fn() };
  const { rerender } = render(<ClampForm {...row} chosen={null} current={[]} />);
  rerender(<ClampForm {...row} chosen="3:9" current={[{ ...change, features: ["mlp.0.1.neg"] }]} />);
  expect(screen.getByLabelText("Where it acts")).toHaveDisplayValue("at the chosen tokens, 3:9");
  expect(screen.getByRole("button", { name: /suppressed in the prompt: undo/i })).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Suppress" }));
  expect(onAdd).toHaveBeenLastCalledWith(expect.objectContaining({ positions: "3:9" }));
  await user.selectOptions(screen.getByLabelText("Where it acts"), "generated");
  rerender(<ClampForm {...row} chosen="4:5" current={[]} />);
  expect(screen.getByLabelText("Where it acts")).toHaveValue("generated");
});

test("the tokens chosen are offered for every change, and keep being where one acts when they are let go of", async () => {
  const user = userEvent.setup();
  renderWith(<Held start={[change]} chosen="3:9" />);
  const where = screen.getByLabelText("Where mlp.12.3047.pos is changed");
  expect(where).toHaveValue("prompt");
  await user.selectOptions(where, "at the chosen tokens, 3:9");
  expect(held()[0]?.positions).toBe("3:9");
  expect(where).toHaveFocus();
  expect(screen.getByLabelText("Where the concept is changed")).toHaveValue("3:9");
  await user.click(screen.getByRole("button", { name: "let go" }));
  expect(where).toHaveDisplayValue("at positions 3 to before 9");
  expect(screen.getByLabelText("Where the concept is changed")).toHaveValue("prompt");
});

test("changes are moved past each other by buttons that keep the focus; that the later wins is said", async () => {
  const user = userEvent.setup();
  const second: Change = { ...change, features: ["mlp.0.1.neg"], strength: 0.5 };
  renderWith(<Held start={[change, second]} />);
  expect(screen.getByRole("button", { name: "the later wins" })).toBeVisible();
  const rows = screen.getByRole("list", { name: "Changes" });
  const [first] = within(rows).getAllByRole("listitem");
  const down = screen.getByRole("button", { name: "Move mlp.12.3047.pos down" });
  await user.click(down);
  expect(held()).toEqual([second, change]);
  expect(within(rows).getAllByRole("listitem")[1]).toBe(first);
  expect(down).toHaveFocus();
  expect(down).toHaveAttribute("aria-disabled", "true");
  expect(screen.getByText("mlp.12.3047.pos is now 2 of 2")).toBeInTheDocument();
  await user.click(down);
  expect(held()).toEqual([second, change]);
  await user.click(screen.getByRole("button", { name: "Move mlp.12.3047.pos up" }));
  expect(held()).toEqual([change, second]);
});

test("a row stays open while its features are taken out, and one change alone cannot be moved", async () => {
  server.use(http.get("*/api/features/:id", ({ params }) => HttpResponse.json(makeCard({ id: String(params.id) }))));
  const user = userEvent.setup();
  renderWith(<Held start={[{ ...change, features: ["mlp.0.1.neg", "mlp.0.2.neg", "mlp.0.3.neg"] }]} />);
  expect(screen.queryByRole("button", { name: /^Move/ })).toBeNull();
  await user.click(screen.getByRole("button", { name: "What 3 features consists of" }));
  await user.click(screen.getByRole("button", { name: "Remove mlp.0.2.neg from this change" }));
  expect(held()[0]?.features).toEqual(["mlp.0.1.neg", "mlp.0.3.neg"]);
  expect(screen.getByRole("list", { name: "Features of this change" })).toBeVisible();
});

function conceptIs(ids: readonly string[], direction: string): void {
  server.use(
    http.get("*/api/concepts", ({ request }) => {
      const asked = new URL(request.url).searchParams;
      expect(asked.get("direction")).toBe(direction);
      return HttpResponse.json({
        query: asked.get("text"),
        direction,
        strength: direction === "suppress" ? 0 : 0.5,
        value: null,
        k: Number(asked.get("k") ?? 50),
        features: ids.slice(0, Number(asked.get("k") ?? 50)).map((id) => ({ id })),
        skipped: 0,
      });
    }),
    http.get("*/api/features/:id", ({ params }) =>
      HttpResponse.json(makeCard({ id: String(params.id), summary: `about ${params.id}`, score: 0.5 })),
    ),
  );
}

test("a concept in words becomes one change whose features are shown and can be taken out", async () => {
  conceptIs(["mlp.1.2.pos", "mlp.3.4.neg", "mlp.5.6.pos"], "suppress");
  const user = userEvent.setup();
  renderWith(<Held start={[]} />);
  await user.type(screen.getByLabelText("Concept to suppress or to strengthen"), "dates, months{Enter}");
  expect(await screen.findByText("about mlp.3.4.neg")).toBeVisible();
  expect(held()).toEqual([
    {
      features: ["mlp.1.2.pos", "mlp.3.4.neg", "mlp.5.6.pos"],
      value: null,
      strength: 0,
      positions: "prompt",
      on: true,
      name: "dates, months",
    },
  ]);
  const picks = screen.getByRole("list", { name: "Features of this change" });
  expect(picks).toHaveTextContent("in the month of May it rained");
  await user.click(screen.getByRole("button", { name: "Remove mlp.3.4.neg from this change" }));
  expect(held()[0]?.features).toEqual(["mlp.1.2.pos", "mlp.5.6.pos"]);
  expect(screen.getByText("2 neurons touched")).toBeVisible();
});

test("under Advanced stand number, strength, quantile, positions and sign rule", async () => {
  conceptIs(["mlp.1.2.pos", "mlp.3.4.neg"], "strengthen");
  const user = userEvent.setup();
  renderWith(<Held start={[]} />);
  await user.type(screen.getByLabelText("Concept to suppress or to strengthen"), "dates");
  await user.click(screen.getByRole("button", { name: "Strengthen this concept" }));
  await user.click(await screen.findByText("Advanced"));
  await user.selectOptions(screen.getByLabelText("Tail that the strength refers to"), "1e-7");
  await user.selectOptions(screen.getByLabelText("Sign rule"), "any");
  await user.selectOptions(screen.getByLabelText("Where dates is changed"), "generated");
  await user.clear(screen.getByLabelText("Number of features for dates"));
  await user.type(screen.getByLabelText("Number of features for dates"), "1{Enter}");
  await screen.findByText("1 neuron touched");
  expect(held()).toEqual([
    {
      features: ["mlp.1.2.pos"],
      value: null,
      strength: 0.5,
      positions: "generated",
      on: true,
      name: "dates",
      quantile: 1e-7,
      rule: "any",
    },
  ]);
});

test("a concept that nothing is like is refused in words, and stays typed", async () => {
  const problem = makeProblem({ status: 422, what: "no feature is about 'xyzzy'", instead: "use other words" });
  server.use(http.get("*/api/concepts", () => HttpResponse.json(problem, { status: 422 })));
  const user = userEvent.setup();
  renderWith(<Held start={[]} />);
  const field = screen.getByLabelText("Concept to suppress or to strengthen");
  await user.type(field, "xyzzy{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("use other words");
  expect(field).toHaveValue("xyzzy");
});

/** Concepts that are answered only when `answer` is called. */
function conceptWaits(ids: readonly string[]): () => void {
  let answer: () => void = () => undefined;
  const known = new Promise<void>((resolve) => {
    answer = resolve;
  });
  server.use(
    http.get("*/api/concepts", async ({ request }) => {
      await known;
      const query = new URL(request.url).searchParams.get("text");
      const features = ids.map((id) => ({ id }));
      return HttpResponse.json({ query, direction: "suppress", strength: 0, value: null, k: 2, features, skipped: 0 });
    }),
    http.get("*/api/features/:id", ({ params }) => HttpResponse.json(makeCard({ id: String(params.id) }))),
  );
  return () => act(() => answer());
}

test("a concept that is answered late leaves what was changed and typed meanwhile as it is", async () => {
  const answer = conceptWaits(["mlp.1.2.pos"]);
  const user = userEvent.setup();
  renderWith(<Held start={[change]} />);
  const field = screen.getByLabelText("Concept to suppress or to strengthen");
  await user.type(field, "dates{Enter}");
  await user.click(screen.getByRole("button", { name: "another" }));
  await user.clear(field);
  await user.type(field, "colours");
  expect(screen.getByText("Looking for its features")).toBeVisible();
  answer();
  await waitFor(() => expect(held()).toHaveLength(3));
  expect(held().map((one) => one.name ?? one.features[0])).toEqual(["mlp.12.3047.pos", "mlp.9.9.neg", "dates"]);
  expect(field).toHaveValue("colours");
});

test("a change removed while it is looked up again stays removed", async () => {
  const answer = conceptWaits(["mlp.1.2.pos", "mlp.3.4.pos"]);
  const user = userEvent.setup();
  renderWith(<Held start={[{ ...change, name: "dates" }, other]} />);
  await user.click(screen.getByRole("button", { name: "What dates consists of" }));
  await user.click(screen.getByText("Advanced"));
  await user.click(screen.getByRole("button", { name: "Look again" }));
  await user.click(screen.getByRole("button", { name: "Remove dates" }));
  answer();
  await act(() => new Promise((resolve) => setTimeout(resolve, 50)));
  expect(held()).toEqual([other]);
});

test("a change looked up again takes the place of itself, whatever came meanwhile", async () => {
  const answer = conceptWaits(["mlp.1.2.pos", "mlp.3.4.pos"]);
  const user = userEvent.setup();
  renderWith(<Held start={[{ ...change, name: "dates" }]} />);
  await user.click(screen.getByRole("button", { name: "What dates consists of" }));
  await user.click(screen.getByText("Advanced"));
  await user.click(screen.getByRole("button", { name: "Look again" }));
  await user.click(screen.getByRole("button", { name: "another" }));
  answer();
  await waitFor(() => expect(held()[0]?.features).toEqual(["mlp.1.2.pos", "mlp.3.4.pos"]));
  expect(held()).toHaveLength(2);
});

test("a change is verified where it is opened, and one feature is a link to its card", async () => {
  server.use(http.get("*/api/features/:id", ({ params }) => HttpResponse.json(makeCard({ id: String(params.id) }))));
  const user = userEvent.setup();
  renderWith(<Held start={[change]} />);
  expect(screen.getByRole("link", { name: "mlp.12.3047.pos" })).toHaveAttribute("data-card", "mlp.12.3047.pos");
  expect(screen.queryByText("verify 1")).toBeNull();
  await user.click(screen.getByRole("button", { name: "What mlp.12.3047.pos consists of" }));
  expect(screen.getByText("verify 1")).toBeVisible();
});

test("changes in the address that cannot be read are counted", () => {
  renderWith(<Held start={[change]} unread={2} />);
  expect(screen.getByText(/^2 changes in the address cannot be read, and are not made/)).toBeVisible();
});

test("two changes to one feature at one place are told once: undoing takes both", () => {
  const errors = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const twice = [change, { ...change, strength: 0.5 }];
  const row = { feature: "mlp.12.3047.pos", activation: 1, start: "prompt", chosen: null, strengths: true };
  render(<ClampForm {...row} current={twice} onAdd={vi.fn()} onRemove={vi.fn()} />);
  expect(screen.getAllByRole("button", { name: /undo$/ })).toHaveLength(1);
  expect(screen.getByRole("button", { name: /set to 0.50 × tail quantile in the prompt: undo/i })).toBeVisible();
  expect(errors).not.toHaveBeenCalled();
});

test("several features found become one change under the words they were found by", async () => {
  const onAdd = vi.fn();
  const features = ["mlp.0.1.pos", "mlp.0.2.pos"];
  const some = { features, name: "months", positions: "all", strengths: true, onAdd, onRemove: vi.fn() };
  const user = userEvent.setup();
  const { rerender } = render(<DirectionButtons {...some} current={[]} />);
  await user.click(screen.getByRole("button", { name: "Strengthen these 2" }));
  const added = { features, value: null, strength: 0.5, positions: "all", on: true, name: "months", set: true };
  expect(onAdd).toHaveBeenCalledWith(added);
  rerender(<DirectionButtons {...some} current={[added as Change]} />);
  await user.click(screen.getByRole("button", { name: "Undo the change to 2 features" }));
  expect(some.onRemove).toHaveBeenCalledWith(added);
});
