import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { delay, HttpResponse, http } from "msw";
import { makeEffect, makeJoint, makeProblem } from "@/testing/builders";
import { renderWith } from "@/testing/render";
import { server } from "@/testing/server";
import { JointLine } from "./joint-line";

const question = { run: "r1", pos: 9, contrast: null };
const effects = [makeEffect({ effect: 1.2 }), makeEffect({ pos: 5, attribution: -0.5 })];

test("together and singly stand side by side, with how many sites, and that they do not add up", async () => {
  let asked: unknown;
  server.use(
    http.post("*/api/runs/r1/joint", async ({ request }) => {
      asked = await request.json();
      return HttpResponse.json(makeJoint({ effect: -0.9, n_sites: 2 }));
    }),
  );
  renderWith(<JointLine question={{ ...question, contrast: 7 }} effects={effects} ready />);
  expect(await screen.findByText("−0.90 nats")).toBeVisible();
  expect(screen.getByRole("status")).toHaveTextContent("−0.90 nats, one joint ablation of 2 sites");
  expect(within(screen.getByRole("status")).queryByRole("button")).toBeNull();
  expect(screen.getByText(/these do not add up/).parentElement).toHaveTextContent(
    "sum of the single effects +0.70 nats; these do not add up",
  );
  expect(asked).toEqual({
    pos: 9,
    contrast_id: 7,
    sites: [
      { id: "mlp.12.3047.pos", pos: 4 },
      { id: "mlp.12.3047.pos", pos: 5 },
    ],
  });
});

test("nothing is asked before the measuring is done", async () => {
  const asked = vi.fn();
  server.use(
    http.post("*/api/runs/r1/joint", () => {
      asked();
      return HttpResponse.json(makeJoint());
    }),
  );
  renderWith(<JointLine question={question} effects={effects} ready={false} />);
  expect(screen.getByRole("status")).toHaveTextContent("comes when the measuring is done");
  await delay(300);
  expect(asked).not.toHaveBeenCalled();
});

test("other sites are measured anew; until then the old number is struck out", async () => {
  let answer = makeJoint({ effect: 3 });
  server.use(http.post("*/api/runs/r1/joint", () => HttpResponse.json(answer)));
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const line = (shown: typeof effects) => (
    <QueryClientProvider client={client}>
      <JointLine question={question} effects={shown} ready />
    </QueryClientProvider>
  );
  const { rerender } = render(line(effects));
  await screen.findByText("+3.0 nats");
  answer = makeJoint({ effect: 1.1, n_sites: 1 });
  rerender(line(effects.slice(0, 1)));
  expect(screen.getByRole("status")).toHaveTextContent("+3.0 nats, for other sites; measuring 1 site");
  expect(screen.getByText("+3.0 nats").tagName).toBe("S");
  expect(await screen.findByText("+1.1 nats")).toBeVisible();
  rerender(line(effects));
  expect(await screen.findByText("+3.0 nats")).toBeVisible();
  rerender(line([]));
  expect(screen.queryByRole("status")).toBeNull();
});

test("a refusal is said in place and can be asked again", async () => {
  server.use(http.post("*/api/runs/r1/joint", () => HttpResponse.json(makeProblem(), { status: 413 })));
  renderWith(<JointLine question={question} effects={effects} ready />);
  expect(await screen.findByText(/not measured. the question is too long/)).toBeVisible();
  server.use(http.post("*/api/runs/r1/joint", () => HttpResponse.json(makeJoint())));
  await userEvent.setup().click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("+0.90 nats")).toBeVisible();
});
