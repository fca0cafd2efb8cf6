import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { DivergingBar } from "@/components/ui/diverging-bar";
import type { Why } from "@/features/attribution/api/stream-why";
import { withMeasured } from "@/features/attribution/model/rows";
import { usePointing } from "@/lib/pointing";
import { makeEffect, makeRun, makeSiteMap } from "@/testing/builders";
import { renderWith } from "@/testing/render";
import { server } from "@/testing/server";
import { EffectList } from "./effect-list";

vi.mock("@/components/ui/diverging-bar", { spy: true });

const run = makeRun();
const question = { run: "r1", pos: 9, contrast: null };
const effects = [
  makeEffect({ effect: 1.2 }),
  makeEffect({ id: "mlp.12.5.pos", index: 5, pos: 5, attribution: -0.5 }),
  makeEffect({ id: "mlp.3.17.neg", sign: "neg", layer: 3, index: 17, pos: 4, attribution: 0.3 }),
];

function makeWhy(over: Partial<Why> = {}): Why {
  return { position: null, target: null, contrast: null, effects, map: makeSiteMap(), asked: 20, seconds: 1, ...over };
}

function element(why: Why) {
  return (
    <EffectList
      why={why}
      question={question}
      run={run}
      settled={why.seconds !== null}
      open={null}
      actions={() => null}
    />
  );
}

function show(why = makeWhy()) {
  renderWith(element(why));
  return { user: userEvent.setup() };
}

const links = (): (string | null)[] => screen.getAllByRole("link").map((link) => link.textContent);
const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-row]")];

test("by layer the effects are summed with counts, the last layer first, and a layer opens into its features", async () => {
  const { user } = show();
  await user.selectOptions(screen.getByLabelText("Effects"), "by layer");
  const list = screen.getByRole("list", { name: "Layers, the last one first" });
  const [last, first] = within(list).getAllByRole("listitem");
  expect(last).toHaveTextContent(/^layer 12layer 12, 1 − \/ 1 \+\+0\.70 nats/);
  expect(last).toHaveTextContent("+1.2 nats promoted, −0.50 held back, 1 of 2 features measured");
  expect(first).toHaveTextContent("+0.30 nats");
  await user.click(screen.getByRole("button", { name: "Features of layer 12" }));
  expect(links()).toEqual(["mlp.12.3047.pos", "mlp.12.5.pos"]);
  expect(screen.getByText("All sites there, listed or not: +1.4 nats promoted, −0.15 held back")).toBeVisible();
  expect(screen.getByText(/2 of the 3 features listed are in layer 12/)).toBeVisible();
  expect(location.search).toBe("?sums=layer&in=12");
});

test("by position each token has its sum; pointing at it lights the token", async () => {
  history.replaceState(null, "", "/?sums=position");
  const { user } = show();
  const items = within(screen.getByRole("list", { name: "Positions, in reading order" })).getAllByRole("listitem");
  expect(items).toHaveLength(2);
  expect(items[0]).toHaveTextContent(/^␣one 4token 4, 2 \+\+1\.5 nats/);
  expect(items[1]).toHaveTextContent(/^\? 5token 5, 1 −−0\.50 nats/);
  await user.hover(screen.getByText("␣one"));
  expect(usePointing.getState().lit).toMatchObject({ run: "r1", at: [4] });
});

test("the place held to is in the address, says when nothing listed is there, and lets go", async () => {
  history.replaceState(null, "", "/?in=3%408%3A9");
  const { user } = show();
  expect(screen.getByText("None of the 3 features listed is in layer 3 at token 8")).toBeVisible();
  expect(screen.queryByRole("link")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Show all" }));
  expect(links()).toHaveLength(3);
  expect(location.search).toBe("");
});

test("pointing at a row lights where its feature fires; a token marks the rows that stand or fire there", async () => {
  server.use(
    http.post("*/api/runs/r1/firing", () =>
      HttpResponse.json({
        least: 0.25,
        features: [{ id: "mlp.12.5.pos", positions: [4, 8], shares: [0.5, 1.7], activations: [1, 3.4], scale: 2 }],
      }),
    ),
  );
  const { user } = show();
  const point = (pos: number | null): void =>
    act(() => usePointing.getState().point(pos === null ? null : { run: "r1", pos }));
  const marks = (): (string | undefined)[] => rows().map((row) => row.dataset.met);
  point(4);
  expect(marks()).toEqual(["stands", undefined, "stands"]);
  await waitFor(() => expect(marks()).toEqual(["stands", "fires", "stands"]));
  point(5);
  expect(marks()).toEqual([undefined, "stands", undefined]);
  point(null);
  expect(marks()).toEqual([undefined, undefined, undefined]);
  await user.hover(screen.getByText("mlp.12.5.pos"));
  const { lit } = usePointing.getState();
  expect(lit?.at).toEqual([5]);
  expect([...(lit?.fires ?? [])]).toEqual([
    [4, 0.5],
    [8, 1],
  ]);
  await user.hover(screen.getByLabelText("Effects"));
  expect(usePointing.getState().lit).toBeNull();
});

test("rows choose all that is shown, and only that", async () => {
  history.replaceState(null, "", "/?in=12");
  const { user } = show();
  await user.click(screen.getByRole("checkbox", { name: "Choose all 2 rows" }));
  expect(usePointing.getState().chosen.keys).toEqual(["mlp.12.3047.pos@4", "mlp.12.5.pos@5"]);
  await user.click(screen.getByRole("checkbox", { name: "Choose mlp.12.5.pos at token 5" }));
  expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "Choose all 2 rows" }).indeterminate).toBe(true);
});

test("of 500 rows, pointing renders none and a measurement renders one", () => {
  const many = Array.from({ length: 500 }, (_, i) =>
    makeEffect({ id: `mlp.0.${i}.pos`, index: i, layer: 0, pos: i % 8, attribution: 1 - i / 1000 }),
  );
  const client = new QueryClient();
  const at = (why: Why) => <QueryClientProvider client={client}>{element(why)}</QueryClientProvider>;
  const drawn = vi.mocked(DivergingBar).mockClear();
  const { rerender } = render(at(makeWhy({ effects: many, seconds: null })));
  expect(drawn).toHaveBeenCalledTimes(500);
  drawn.mockClear();
  for (let pos = 0; pos < 10; pos++) act(() => usePointing.getState().point({ run: "r1", pos }));
  for (const row of rows().slice(0, 20)) fireEvent.pointerOver(row);
  expect(drawn).not.toHaveBeenCalled();
  rerender(at(makeWhy({ effects: withMeasured(many, [{ id: "mlp.0.7.pos", pos: 7, effect: 0.5 }]), seconds: null })));
  expect(drawn).toHaveBeenCalledTimes(1);
});

test("a row that is pointed at already lights where its feature fires once that is known", async () => {
  let answer: () => void = () => undefined;
  const known = new Promise<void>((resolve) => {
    answer = resolve;
  });
  server.use(
    http.post("*/api/runs/r1/firing", async () => {
      await known;
      return HttpResponse.json({
        least: 0.25,
        features: [{ id: "mlp.12.5.pos", positions: [8], shares: [0.5], activations: [1], scale: 2 }],
      });
    }),
  );
  const { user } = show();
  await user.hover(screen.getByText("mlp.12.5.pos"));
  expect(usePointing.getState().lit?.fires.size).toBe(0);
  answer();
  await waitFor(() => expect([...(usePointing.getState().lit?.fires ?? [])]).toEqual([[8, 0.5]]));
});
