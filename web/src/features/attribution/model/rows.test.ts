import { makeEffect } from "@/testing/builders";
import { countMeasured, isMeasured, natsOf, onSide, scaleOf, siteKey, withMeasured } from "./rows";

const effects = [
  makeEffect({ index: 1, id: "mlp.0.1.pos", attribution: 2 }),
  makeEffect({ index: 2, id: "mlp.0.2.pos", attribution: -1 }),
];

test("a measured effect takes the estimate's place, at its own site only", () => {
  const next = withMeasured(effects, [
    { id: "mlp.0.1.pos", pos: 4, effect: -3 },
    { id: "mlp.0.2.pos", pos: 5, effect: 9 },
  ]);
  expect(next.map(natsOf)).toEqual([-3, -1]);
  expect(next.map(isMeasured)).toEqual([true, false]);
  expect(countMeasured(next)).toBe(1);
  expect(next[1]).toBe(effects[1]);
});

test("an attribution that was measured counts as measured", () => {
  expect(isMeasured(makeEffect({ measured: true }))).toBe(true);
});

test("an effect of exactly 0 is a measurement, not a missing one", () => {
  const [effect = makeEffect()] = withMeasured(effects, [{ id: "mlp.0.1.pos", pos: 4, effect: 0 }]);
  expect([natsOf(effect), isMeasured(effect)]).toEqual([0, true]);
});

test("sides keep the order, and all bars share the largest", () => {
  expect(onSide(effects, "promoted").map(siteKey)).toEqual(["mlp.0.1.pos@4"]);
  expect(onSide(effects, "hindered").map(siteKey)).toEqual(["mlp.0.2.pos@4"]);
  expect(scaleOf(effects)).toBe(2);
  expect(scaleOf([])).toBeGreaterThan(0);
});
