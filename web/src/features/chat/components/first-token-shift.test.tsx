import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import type { Run } from "@/api/types";
import { compare } from "@/features/chat/model/comparison";
import { makeProblem, makeRun, makeShift } from "@/testing/builders";
import { renderWith } from "@/testing/render";
import { server } from "@/testing/server";
import { FirstTokenShift } from "./first-token-shift";

const change = { features: ["mlp.1.2.pos"], strength: 0, positions: "prompt", sign_rule: "own" as const };
const before = makeRun({ id: "r0" });
const after = makeRun({ interventions: [change] });

function show(over: Partial<Run> = {}) {
  renderWith(
    <ul>
      <FirstTokenShift comparison={compare(before, { ...after, ...over })} />
    </ul>,
  );
  return userEvent.setup();
}

test("how far the first token moved is said in nats, with what moved most", async () => {
  let asked = "";
  server.use(
    http.post("*/api/runs/:id/shift", async ({ params, request }) => {
      asked = `${params.id} ${await request.text()}`;
      return HttpResponse.json(makeShift());
    }),
  );
  const user = show();
  expect(screen.getByText(/being measured/)).toBeVisible();
  expect(await screen.findByText(/0.42 nats/)).toBeVisible();
  expect(asked).toBe('r1 {"other":"r0"}');
  await user.click(screen.getByText("Tokens whose probability there moved most"));
  const rows = screen.getAllByRole("row").map((row) => row.textContent?.replaceAll("\u2009", " "));
  expect(rows).toEqual(["tokenbeforeafter", "␣second30 %60 %", "␣last20 %0.10 %"]);
});

test("a busy server is said, and asked again by a press", async () => {
  const busy = makeProblem({ status: 503, code: "busy", what: "the model is busy" });
  server.use(http.post("*/api/runs/:id/shift", () => HttpResponse.json(busy, { status: 503 }), { once: true }));
  const user = show();
  expect(await screen.findByRole("alert")).toHaveTextContent("the model is busy");
  await user.click(screen.getByRole("button", { name: "Measure again" }));
  expect(await screen.findByText(/0.42 nats/)).toBeVisible();
});

test.each([
  ["while an answer is still written", { state: "running" as const }],
  ["where one was given another beginning", { n_prompt: 10 }],
])("nothing is asked %s", (_, over) => {
  const asked = vi.fn();
  server.use(http.post("*/api/runs/:id/shift", asked));
  show(over);
  expect(screen.queryByText(/KL/)).toBeNull();
  expect(asked).not.toHaveBeenCalled();
});
