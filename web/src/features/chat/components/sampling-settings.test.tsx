import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { DEFAULTS } from "@/features/chat/model/settings";
import { SamplingSettings } from "./sampling-settings";

function Held() {
  const [settings, setSettings] = useState({ ...DEFAULTS, seed: 4 });
  return (
    <>
      <SamplingSettings settings={settings} onChange={setSettings} />
      <output>{JSON.stringify(settings)}</output>
    </>
  );
}

const held = () => JSON.parse(screen.getByRole("status", { hidden: true }).textContent ?? "{}");

test("numbers are typed with their limits beside them; what is out of them is brought back", async () => {
  const user = userEvent.setup();
  render(<Held />);
  await user.click(screen.getByRole("button", { name: /Sampling settings/ }));
  expect(screen.getByText(/From 1 to 2 048\./)).toBeVisible();
  const field = screen.getByLabelText(/^Temperature/);
  await user.clear(field);
  await user.type(field, "9");
  expect(held().temperature).toBe(2);
  await user.tab();
  expect(field).toHaveValue(2);
});

test("a seed is drawn, but not where nothing is; the defaults come back", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  const user = userEvent.setup();
  render(<Held />);
  await user.click(screen.getByRole("button", { name: /Sampling settings/ }));
  await user.click(screen.getByRole("button", { name: "Draw a seed" }));
  expect(held().seed).toBe(2 ** 30);
  expect(screen.getByLabelText(/^Seed/)).toHaveValue(2 ** 30);
  await user.clear(screen.getByLabelText(/^Temperature/));
  await user.type(screen.getByLabelText(/^Temperature/), "0");
  expect(screen.getByRole("button", { name: "Draw a seed" })).toBeDisabled();
  await user.click(screen.getByRole("button", { name: "Back to the defaults" }));
  expect(held()).toEqual(DEFAULTS);
  expect(screen.getByRole("button", { name: "Back to the defaults" })).toBeDisabled();
});
