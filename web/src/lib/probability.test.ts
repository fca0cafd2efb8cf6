import { makeToken } from "@/testing/builders";
import { knownEntropy, surprise } from "./probability";

const top = (...probabilities: number[]) => probabilities.map((p, id) => ({ id, text: `${id}`, logprob: Math.log(p) }));

test("where all is known the entropy is exact", () => {
  const known = knownEntropy(makeToken({ top: top(0.5, 0.5) }));
  expect(known?.exact).toBe(true);
  expect(known?.entropy).toBeCloseTo(Math.LN2);
});

test("where only the top is known it is a bound from below that the truth respects", () => {
  const known = knownEntropy(makeToken({ top: top(0.6, 0.2) }));
  const truth = [0.6, 0.2, 0.1, 0.1].reduce((sum, p) => sum - p * Math.log(p), 0);
  expect(known?.exact).toBe(false);
  expect(known?.covered).toBeCloseTo(0.8);
  expect(known?.entropy).toBeLessThanOrEqual(truth);
  expect(known?.entropy).toBeGreaterThan(0);
});

test("nearly all is not all: a small rest counts where the entropy itself is small", () => {
  const nearly = knownEntropy(makeToken({ top: top(0.99995, 0.00001) }));
  expect(nearly?.exact).toBe(false);
  expect(knownEntropy(makeToken({ top: top(1) }))).toEqual({ covered: 1, entropy: 0, exact: true });
  expect(knownEntropy(makeToken({ top: top(0.5, 0.4999999999) }))?.exact).toBe(true);
});

test("without alternatives nothing is claimed", () => {
  expect(knownEntropy(makeToken({ top: [] }))).toBeNull();
});

test("surprise grows as probability falls", () => {
  expect([0.9, 0.3, 0.05, 0.001].map((p) => surprise(Math.log(p)))).toEqual([0, 1, 2, 3]);
  expect(surprise(null)).toBe(0);
});
