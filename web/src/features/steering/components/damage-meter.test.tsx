import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { makeDamage } from "@/testing/builders";
import { renderWith } from "@/testing/render";
import { server } from "@/testing/server";
import { DamageMeter } from "./damage-meter";

const babbling = makeDamage({ kl: 4.1, verdict: "babbling", repetition: { before: 0.05, after: 0.9, random: 0.1 } });

test.each([
  [makeDamage(), /^Mild:.*3.0 × as far as random features do\.$/],
  [makeDamage({ kl: 0.9, kl_random: null, verdict: "strong" }), /^Strong:.*nothing to do with them\.$/],
  [babbling, /^The model babbles under these changes:.*smaller strength/],
])("the damage is measured when asked for, and said in words", async (damage, words) => {
  server.use(http.post("*/api/runs/r1/damage", () => HttpResponse.json(damage)));
  renderWith(<DamageMeter run="r1" />);
  await userEvent.setup().click(screen.getByRole("button", { name: "Measure the damage" }));
  const verdict = (await screen.findByText(/^(Mild|Strong|The model babbles)/)).closest("div");
  expect(verdict).toHaveTextContent(words);
  expect(screen.getByText(/nats/)).toBeVisible();
  expect(screen.getByText(/before, .* after/)).toBeVisible();
  await userEvent.setup().hover(screen.getByRole("button", { name: /^(Mild|Strong|The model babbles)/ }));
  expect(screen.getByRole("tooltip")).toHaveTextContent(/babbling from 2.5 nats/);
});
