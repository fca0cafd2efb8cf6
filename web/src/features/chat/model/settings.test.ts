import { againSettings, DEFAULTS, LIMITS, otherSeed, parseSettings, readSetting } from "./settings";

test("temperature 0 stays 0, and numbers out of range are brought back", () => {
  expect(readSetting("temperature", "0")).toBe(0);
  expect(readSetting("temperature", "9")).toBe(2);
  expect(readSetting("seed", "-3")).toBe(0);
  expect(readSetting("max_new_tokens", "12.6")).toBe(13);
});

test.each(["", "abc", "Infinity", "NaN"])("%j is no number yet", (text) => {
  expect(readSetting("temperature", text)).toBeNull();
});

test("what is stored is read, and nonsense is the default", () => {
  expect(parseSettings('{"temperature":0,"seed":4,"max_new_tokens":24}')).toEqual({
    temperature: 0,
    seed: 4,
    max_new_tokens: 24,
  });
  expect(parseSettings("{")).toEqual(DEFAULTS);
  expect(parseSettings('{"temperature":"hot"}')).toEqual(DEFAULTS);
  expect(parseSettings(null)).toEqual(DEFAULTS);
});

test("asking again with nothing changed moves the seed on; a change keeps it", () => {
  const last = { settings: { ...DEFAULTS, seed: 5 }, interventions: [] };
  const chosen = { ...DEFAULTS, seed: 5 };
  const change = { features: ["mlp.0.1.pos"], value: 0, positions: "prompt", sign_rule: "own" } as const;
  expect(againSettings(chosen, [last], []).seed).toBe(6);
  expect(againSettings(chosen, [last], [{ ...change, features: [...change.features] }]).seed).toBe(5);
  expect(againSettings({ ...chosen, temperature: 0 }, [last], []).seed).toBe(5);
  expect(againSettings(chosen, [], []).seed).toBe(5);
});

test("the seed moves past every answer there is, whichever is looked at", () => {
  const answers = [5, 8, 6].map((seed) => ({ settings: { ...DEFAULTS, seed }, interventions: [] }));
  expect(againSettings({ ...DEFAULTS, seed: 6 }, answers, []).seed).toBe(9);
  expect(againSettings({ ...DEFAULTS, seed: 7 }, answers, []).seed).toBe(7);
  expect(otherSeed({ ...DEFAULTS, seed: 7 }, answers).seed).toBe(9);
  expect(otherSeed({ ...DEFAULTS, seed: LIMITS.seed.max }, []).seed).toBe(0);
});
