import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { useState } from "react";
import type { Change } from "@/features/steering/model/draft";
import { makeCard, makeProblem } from "@/testing/builders";
import { renderWith } from "@/testing/render";
import { server } from "@/testing/server";
import { ClampForm } from "./clamp-form";
import { SteeringPanel } from "./steering-panel";

const change: Change = { features: ["mlp.12.3047.pos"], value: null, strength: 0, positions: "prompt", on: true };

function Held({ start, onAgain }: { start: Change[]; onAgain: (() => void) | null }) {
  const [changes, setChanges] = useState(start);
  return (
    <>
      <SteeringPanel changes={changes} strengths units={null} onChanges={setChanges} onAgain={onAgain} />
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
  renderWith(<Held start={[change]} onAgain={null} />);
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
      current={undefined}
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
  const row = { feature: "mlp.0.1.neg", activation: -3, start: "all", strengths: true, onAdd, onRemove: vi.fn() };
  const { rerender } = render(<ClampForm {...row} current={undefined} />);
  await user.type(screen.getByLabelText(/^Multiple of the tail quantile for mlp.0.1.neg/), "0.5{Enter}");
  const added = { features: ["mlp.0.1.neg"], value: null, strength: 0.5, positions: "all", on: true };
  expect(onAdd).toHaveBeenLastCalledWith(added);
  rerender(<ClampForm {...row} current={added} />);
  expect(screen.getByRole("button", { name: /set to 0.50 × tail quantile in the next answer: undo/i })).toBeVisible();
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
  renderWith(<Held start={[]} onAgain={null} />);
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
  renderWith(<Held start={[]} onAgain={null} />);
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
  renderWith(<Held start={[]} onAgain={null} />);
  const field = screen.getByLabelText("Concept to suppress or to strengthen");
  await user.type(field, "xyzzy{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("use other words");
  expect(field).toHaveValue("xyzzy");
});
