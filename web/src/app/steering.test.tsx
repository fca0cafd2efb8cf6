import { act, cleanup, renderHook, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import type { Run } from "@/api/types";
import { suppressing } from "@/features/steering/model/draft";
import { makeFeatureSet, makeProblem, makeRun, makeVerification } from "@/testing/builders";
import { renderWith } from "@/testing/render";
import { server } from "@/testing/server";
import { SteerPane } from "./panes";
import { useKeys } from "./use-keys";
import { useSteering } from "./use-steering";

function Steer({ run }: { run: Run | undefined }) {
  const steering = useSteering();
  useKeys({ help: () => undefined, undo: steering.undo?.take, redo: steering.redo?.take });
  return (
    <>
      <SteerPane looked={{ run, writing: false }} steering={steering} subject={undefined} onAgain={null} />
      <p>{steering.said}</p>
      <output>{JSON.stringify(steering.interventions)}</output>
    </>
  );
}

const steer = (): string | null => new URLSearchParams(location.search).get("steer");
const sent = (): unknown[] => JSON.parse(screen.getByRole("status").textContent ?? "[]");

function open(address: string, run?: Run) {
  history.replaceState(null, "", address);
  renderWith(<Steer run={run} />);
  return userEvent.setup();
}

test("changes are switched off, undone and redone, and all of it survives a reload", async () => {
  const user = open("/?c=c1&steer=mlp.0.1.pos=x@prompt,mlp.0.2.pos=2@all");
  await user.click(screen.getByRole("switch", { name: "mlp.0.1.pos is on" }));
  expect(steer()).toBe("~mlp.0.1.pos=x@prompt,mlp.0.2.pos=2@all");
  expect(sent()).toHaveLength(1);
  await user.click(screen.getByRole("button", { name: "Remove mlp.0.2.pos" }));
  cleanup();
  renderWith(<Steer run={undefined} />);
  expect(screen.getByRole("switch")).not.toBeChecked();
  await user.click(screen.getByRole("button", { name: "Undo: mlp.0.2.pos removed" }));
  expect(screen.getByText("Undone: mlp.0.2.pos removed")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Undo: mlp.0.1.pos switched off" }));
  expect(steer()).toBe("mlp.0.1.pos=x@prompt,mlp.0.2.pos=2@all");
  expect(screen.queryByRole("button", { name: /^Undo/ })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Redo: mlp.0.1.pos switched off" }));
  expect(sent()).toHaveLength(1);
});

test("Ctrl+Z and Ctrl+Shift+Z do the same, but not while one types", async () => {
  const user = open("/?steer=mlp.0.1.pos=x@prompt");
  await user.click(screen.getByRole("button", { name: "Remove all" }));
  expect(steer()).toBeNull();
  await user.click(screen.getByLabelText("Concept to suppress or to strengthen"));
  await user.keyboard("{Control>}z{/Control}");
  expect(steer()).toBeNull();
  await user.click(document.body);
  await user.keyboard("{Control>}z{/Control}");
  expect(steer()).toBe("mlp.0.1.pos=x@prompt");
  await user.keyboard("{Control>}{Shift>}z{/Shift}{/Control}");
  expect(steer()).toBeNull();
  await user.keyboard("{Control>}{Shift>}z{/Shift}{/Control}");
  expect(steer()).toBeNull();
});

test("a number typed is one step; taken back, the field shows what was there before", async () => {
  const user = open("/?steer=mlp.0.1.pos=2@prompt");
  const field = screen.getByLabelText(/^Raw activation for mlp.0.1.pos/);
  await user.clear(field);
  await user.type(field, "-1.5");
  expect(steer()).toBe("mlp.0.1.pos=-1.5@prompt");
  await user.click(screen.getByRole("button", { name: "Undo: mlp.0.1.pos edited" }));
  expect(field).toHaveValue("2");
  expect(screen.queryByRole("button", { name: /^Undo/ })).toBeNull();
});

test("Esc lets go of the tokens chosen, wherever the focus is not", async () => {
  const user = open("/?span=3:9&steer=mlp.0.1.pos=2@3:9");
  await user.keyboard("{Escape}");
  expect(location.search).toBe("?steer=mlp.0.1.pos%3D2%403%3A9");
  expect(screen.getByLabelText("Where mlp.0.1.pos is changed")).toHaveDisplayValue("at positions 3 to before 9");
});

test("a set becomes one change under its name, and is not looked up as a concept", async () => {
  server.use(http.get("*/api/sets", () => HttpResponse.json([makeFeatureSet()])));
  const user = open("/?span=3:9");
  await user.click(screen.getByText("Sets of features"));
  await user.click(await screen.findByRole("button", { name: "Suppress the set months" }));
  expect(steer()).toBe("mlp.3.17.pos*mlp.12.3047.pos=x@3:9;n=months;k=set");
  expect(sent()).toMatchObject([{ name: "months", features: ["mlp.3.17.pos", "mlp.12.3047.pos"] }]);
  server.use(http.get("*/api/features/:id", () => HttpResponse.json(makeProblem(), { status: 404 })));
  await user.click(screen.getByRole("button", { name: "What months consists of" }));
  await user.click(screen.getByText("Advanced"));
  expect(screen.queryByLabelText("Number of features for months")).toBeNull();
  expect(screen.getByRole("button", { name: "Save as a set…" })).toBeVisible();
});

test("a change is verified for the token looked at, and it is said where the answer has it suppressed already", async () => {
  let asked: unknown;
  server.use(
    http.get("*/api/features/:id", () => HttpResponse.json(makeProblem(), { status: 404 })),
    http.post("*/api/runs/r1/verify", async ({ request }) => {
      asked = await request.json();
      return HttpResponse.json(makeVerification());
    }),
  );
  const interventions = [{ features: ["mlp.0.1.pos"], strength: 0, positions: "prompt", sign_rule: "own" as const }];
  const user = open("/?run=r1&token=9&vs=5&steer=mlp.0.1.pos=x@prompt", makeRun({ interventions }));
  await user.click(screen.getByRole("button", { name: "What mlp.0.1.pos consists of" }));
  expect(screen.getByText(/was made with this suppressed already/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Verify for ␣first" }));
  expect(await screen.findByText(/This feature promotes the target/)).toBeVisible();
  expect(asked).toEqual({ pos: 9, features: ["mlp.0.1.pos"], contrast_id: 5 });
});

test("the first token of all has no probability: nothing is verified for it", async () => {
  server.use(http.get("*/api/features/:id", () => HttpResponse.json(makeProblem(), { status: 404 })));
  const user = open("/?run=r1&token=0&steer=mlp.0.1.pos=x@prompt", makeRun());
  await user.click(screen.getByRole("button", { name: "What mlp.0.1.pos consists of" }));
  expect(screen.getByText("To verify these, choose a token of an answer.")).toBeVisible();
});

test("an edit begins with the changes of the address by then, not with those of an earlier render", () => {
  history.replaceState(null, "", "/?c=c1&steer=mlp.0.1.pos=x@prompt");
  const { result } = renderHook(() => useSteering());
  const { add, remove } = result.current;
  act(() => add(suppressing(["mlp.0.2.pos"], "all")));
  act(() => add(suppressing(["mlp.0.3.pos"], "all")));
  expect(steer()).toBe("mlp.0.1.pos=x@prompt,mlp.0.2.pos=x@all,mlp.0.3.pos=x@all");
  act(() => remove(suppressing(["mlp.0.1.pos"], "prompt")));
  expect(result.current.undo?.what).toBe("mlp.0.1.pos removed");
  act(() => result.current.undo?.take());
  act(() => result.current.undo?.take());
  expect(steer()).toBe("mlp.0.1.pos=x@prompt,mlp.0.2.pos=x@all");
});

test("what of the address is no change is counted until the changes are edited", () => {
  history.replaceState(null, "", "/?steer=mlp.0.1.pos=x@prompt,mlp.01.2.pos=x@all,nothing");
  const { result } = renderHook(() => useSteering());
  expect(result.current.unread).toBe(2);
  act(() => result.current.add(suppressing(["mlp.0.2.pos"], "all")));
  expect(result.current.unread).toBe(0);
});
