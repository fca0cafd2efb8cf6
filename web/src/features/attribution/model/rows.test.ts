import { makeEffect } from "@/testing/builders";
import { countMeasured, rowsOf, scaleOf, toRow, withMeasured } from "./rows";

const effects = [
  makeEffect({ index: 1, id: "mlp.0.1.pos", attribution: 2 }),
  makeEffect({ index: 2, id: "mlp.0.2.pos", attribution: -1 }),
];

test("a measured effect takes the estimate's place, at its own site only", () => {
  const next = withMeasured(effects, [
    { id: "mlp.0.1.pos", pos: 4, effect: -3 },
    { id: "mlp.0.2.pos", pos: 5, effect: 9 },
  ]);
  expect(next.map((effect) => toRow(effect).value)).toEqual([-3, -1]);
  expect(next.map((effect) => toRow(effect).measured)).toEqual([true, false]);
  expect(countMeasured(next)).toBe(1);
});

test("an attribution that was measured counts as measured", () => {
  expect(toRow(makeEffect({ measured: true })).measured).toBe(true);
});

test("an effect of exactly 0 is a measurement, not a missing one", () => {
  const [row] = withMeasured(effects, [{ id: "mlp.0.1.pos", pos: 4, effect: 0 }]).map(toRow);
  expect(row).toMatchObject({ value: 0, measured: true });
});

test("sides keep the order, and all bars share the largest", () => {
  expect(rowsOf(effects, "promoted").map((row) => row.key)).toEqual(["mlp.0.1.pos@4"]);
  expect(rowsOf(effects, "hindered").map((row) => row.key)).toEqual(["mlp.0.2.pos@4"]);
  expect(scaleOf(effects)).toBe(2);
  expect(scaleOf([])).toBeGreaterThan(0);
});
