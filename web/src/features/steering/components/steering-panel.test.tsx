import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import type { Change } from "@/features/steering/model/draft";
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
  render(<Held start={[change]} onAgain={onAgain} />);
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
  render(<Held start={[change]} onAgain={null} />);
  expect(screen.getByRole("button", { name: /Ask again/ })).toBeDisabled();
});

test("a row suppresses its feature or sets it, and takes only finite numbers", async () => {
  const user = userEvent.setup();
  const onAdd = vi.fn();
  render(
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
