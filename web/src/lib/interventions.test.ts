import type { Intervention, Run } from "@/api/types";
import { makeRun, makeTokens } from "@/testing/builders";
import { actOf, actsAt, inWords, markOf, sameInterventions, suppressedIn } from "./interventions";

const change = (over: Partial<Intervention>): Intervention => ({
  features: ["mlp.1.2.pos"],
  strength: 0,
  positions: "prompt",
  sign_rule: "own",
  ...over,
});

const reached = (run: Run): number[] =>
  run.tokens.filter((token) => actsAt(run, [token]).length > 0).map((token) => token.pos);

test.each([
  ["prompt", [1, 2, 3, 4, 5]],
  ["all", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
  ["generated", [8, 9, 10, 11]],
  ["0:2", [0, 1]],
  ["5:9", [5, 6, 7, 8]],
  ["40:50", []],
])("%s reaches its tokens; token 0 only where a range names it", (positions, positionsReached) => {
  expect(reached(makeRun({ interventions: [change({ positions })] }))).toEqual(positionsReached);
});

test("the prompt is what others said: an earlier answer is left out, a text without turns is not", () => {
  const earlier = makeTokens(["Hi"], { role: "assistant" }, 3);
  const run = makeRun({ interventions: [change({})] });
  const tokens = run.tokens.map((token) => earlier.find((one) => one.pos === token.pos) ?? token);
  expect(reached({ ...run, tokens })).toEqual([1, 2, 4, 5]);
  const text = makeTokens(["Once", " upon", " a"], { role: "text" });
  expect(reached({ ...run, tokens: text, reply_from: 2 })).toEqual([1]);
});

test("what an answer was given to begin with belongs to the answer", () => {
  const run = { ...makeRun(), n_prompt: 10, reply_from: 8 };
  expect(reached({ ...run, interventions: [change({ positions: "generated" })] })).toEqual([8, 9, 10, 11]);
  expect(reached({ ...run, interventions: [change({})] })).toEqual([1, 2, 3, 4, 5]);
});

test("where several meet all are named in order, and the mark says whether they do the same", () => {
  const set = change({ strength: null, value: 2, positions: "3:4" });
  const run = makeRun({ interventions: [change({}), set, change({ strength: 0, positions: "4:5" })] });
  const [before, both, twice] = run.tokens.slice(2, 5).map((token) => actsAt(run, [token]));
  expect(both).toEqual([run.interventions[0], set]);
  expect([before, both, twice, []].map((acts) => markOf(acts ?? []))).toEqual([
    "suppress",
    "several",
    "suppress",
    null,
  ]);
});

test.each([
  [{ strength: 0 }, "suppress"],
  [{ strength: null, value: 0 }, "suppress"],
  [{ strength: 0.5 }, "strengthen"],
  [{ strength: -0.5 }, "set"],
  [{ strength: null, value: 2 }, "set"],
] as const)("%j is to %s", (over, act) => {
  expect(actOf(change(over))).toBe(act);
});

test("an intervention is said in words, and its name does not make it another one", () => {
  expect(inWords(change({}))).toBe("mlp.1.2.pos suppressed in the prompt");
  expect(inWords(change({ value: -1.5, strength: null, positions: "3:9" }))).toBe(
    "mlp.1.2.pos set to −1.5 at positions 3 to before 9",
  );
  expect(inWords(change({ features: ["mlp.1.2.pos", "mlp.1.3.pos"], strength: 0.5, positions: "all" }))).toBe(
    "2 features set to 0.50 × tail quantile everywhere",
  );
  expect(sameInterventions([change({})], [change({ name: null, value: null })])).toBe(true);
  expect(sameInterventions([change({})], [change({ positions: "all" })])).toBe(false);
});

test("what a run was made without is what it suppressed, under whatever name", () => {
  const made = { positions: "all", sign_rule: "own" } as const;
  const interventions = [
    { ...made, name: "dates", features: ["mlp.0.1.pos", "mlp.0.2.pos"], strength: 0 },
    { ...made, features: ["mlp.0.3.pos"], strength: 0.5 },
    { ...made, features: ["mlp.0.4.pos"], value: 0 },
  ];
  const asked = [1, 3, 4, 5].map((i) => `mlp.0.${i}.pos`);
  expect(suppressedIn({ interventions }, asked)).toEqual(["mlp.0.1.pos", "mlp.0.4.pos"]);
});
