import { scoreText, surenessOf } from "./score";

test.each([
  [0.62, "0.62", "sure"],
  [0.3, "0.30", "faint"],
  [0.2, "0.20", "faint"],
  [0.19, "0.19", "unsure"],
  [-0.03, "\u22120.03", "unsure"],
  [-0.001, "0.00", "unsure"],
  [null, "–", "unknown"],
] as const)("a score of %s reads %s and is %s", (score, text, sureness) => {
  expect(scoreText(score)).toBe(text);
  expect(surenessOf(score)).toBe(sureness);
});
