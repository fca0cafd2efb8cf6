import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { makeActive, makeProblem, makeRun, makeToken } from "@/testing/builders";
import { renderWith } from "@/testing/render";
import { server } from "@/testing/server";
import { ActiveList } from "./active-list";

const scale = "feature's 1e-5 tail quantile, which 1 token in 100,000 exceeds";
const rows = [makeActive(), makeActive({ id: "mlp.3.17.neg", sign: "neg", activation: -0.4, normalised: 0.8 })];

function show(over: Partial<Parameters<typeof ActiveList>[0]> = {}) {
  const run = makeRun();
  renderWith(
    <ActiveList
      run={run}
      token={run.tokens[9] ?? makeToken()}
      span={null}
      open={null}
      actions={() => <button type="button">Act</button>}
      {...over}
    />,
  );
  return { user: userEvent.setup() };
}

function answer(asked: unknown[] = []): void {
  server.use(
    http.post("*/api/runs/r1/active", async ({ request }) => {
      asked.push(await request.json());
      return HttpResponse.json({ scale, effects: rows });
    }),
  );
}

test("what stands out at the token is listed as multiples of its scale, on one hue", async () => {
  const asked: unknown[] = [];
  answer(asked);
  show();
  const list = within(await screen.findByRole("list", { name: "Features, farthest out first" }));
  const items = list.getAllByRole("listitem");
  expect(items[0]).toHaveTextContent("3.2 × tail quantile");
  expect(items[1]).toHaveTextContent("0.80 × tail quantile");
  const depths = items.map((item) => item.querySelector<HTMLElement>(".depth-bar")?.style.getPropertyValue("--depth"));
  expect(depths).toEqual(["1.000", "0.250"]);
  expect(asked).toEqual([{ start: 9, end: 10 }]);
  expect(list.getByRole("link", { name: "mlp.3.17.neg" })).toHaveAttribute("data-card", "mlp.3.17.neg@9");
});

test("the scale is explained in the server's words", async () => {
  answer();
  const { user } = show();
  await user.hover(await screen.findByRole("button", { name: "× tail quantile" }));
  expect(screen.getByRole("tooltip")).toHaveTextContent(
    /which 1 token in 100,000 exceeds. The thin line stands at 1 ×/,
  );
});

test("a range selected in the text is listed first, the token alone on request", async () => {
  const asked: unknown[] = [];
  answer(asked);
  const { user } = show({ span: { from: 3, to: 6 } });
  expect(await screen.findByRole("button", { name: "tokens 3 to 5, selected" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  expect(screen.getByRole("heading")).toHaveTextContent("Active at Which␣one? tokens 3 to 5");
  await user.click(screen.getByRole("button", { name: "token 9" }));
  expect(screen.getByRole("heading")).toHaveTextContent(/^Active at ␣first/);
  await screen.findByRole("list");
  expect(asked).toEqual([
    { start: 3, end: 6 },
    { start: 9, end: 10 },
  ]);
  expect(location.search).toBe("?alone=true");
  await user.click(screen.getByRole("button", { name: "tokens 3 to 5, selected" }));
  expect(location.search).toBe("");
});

test("an open row has the same facts and acts as anywhere", async () => {
  answer();
  show({ open: "mlp.3.17.neg@9" });
  expect(await screen.findByRole("button", { name: "Act" })).toBeVisible();
  const facts = screen.getAllByRole("definition").map((fact) => fact.textContent);
  expect(facts).toEqual(["−0.40", "0.80 ×"]);
});

test("at the first token of all it is said that activations there compare with no others", async () => {
  answer();
  show({ token: makeToken({ pos: 0, logprob: null }) });
  expect(await screen.findByText(/serves attention as a sink/)).toBeVisible();
});

test("nothing active is said, and so is a refusal", async () => {
  server.use(http.post("*/api/runs/r1/active", () => HttpResponse.json(makeProblem(), { status: 503 })));
  const { user } = show();
  expect(await screen.findByRole("alert")).toHaveTextContent("ask a shorter one");
  server.use(http.post("*/api/runs/r1/active", () => HttpResponse.json({ scale, effects: [] })));
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("Nothing is active there.")).toBeVisible();
});
