import type { Intervention } from "@/api/types";
import { makeRun } from "@/testing/builders";
import { inWords, sameInterventions, steeredAt } from "./interventions";

const change = (over: Partial<Intervention>): Intervention => ({
  features: ["mlp.1.2.pos"],
  strength: 0,
  positions: "prompt",
  sign_rule: "own",
  ...over,
});

test.each([
  ["prompt", [1, 2, 3, 4, 5]],
  ["all", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
  ["generated", [8, 9, 10, 11]],
  ["0:2", [0, 1]],
])("%s marks the tokens it reaches; token 0 only where a range names it", (positions, reached) => {
  const run = makeRun({ interventions: [change({ positions })] });
  expect(run.tokens.filter((token) => steeredAt(run, token) !== null).map((token) => token.pos)).toEqual(reached);
});

test("where two meet the later one counts, and suppressing is told from setting", () => {
  const set = change({ strength: null, value: 2, positions: "3:4" });
  const run = makeRun({ interventions: [change({}), set] });
  expect(run.tokens.slice(2, 5).map((token) => steeredAt(run, token))).toEqual(["suppress", "set", "suppress"]);
});

test("an intervention is said in words, and its name does not make it another one", () => {
  expect(inWords(change({}))).toBe("mlp.1.2.pos suppressed in the prompt");
  expect(inWords(change({ value: -1.5, strength: null, positions: "3:9" }))).toBe(
    "mlp.1.2.pos set to −1.5 at positions 3 to before 9",
  );
  expect(sameInterventions([change({})], [change({ name: null, value: null })])).toBe(true);
  expect(sameInterventions([change({})], [change({ positions: "all" })])).toBe(false);
});
