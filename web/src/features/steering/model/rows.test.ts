import { type Change, suppressing, withMoved } from "./draft";
import { keyed, NO_ROWS } from "./rows";

const [a, b, c] = ["mlp.0.1.pos", "mlp.0.2.pos", "mlp.0.3.pos"].map((id) => suppressing([id], "prompt")) as [
  Change,
  Change,
  Change,
];
const copy = (changes: readonly Change[]): Change[] => JSON.parse(JSON.stringify(changes));

test("a row keeps its key while it is edited, moved, and while others come and go", () => {
  const rows = keyed(NO_ROWS, [a, b, c]);
  const [ka, kb, kc] = rows.keys;
  expect(new Set(rows.keys).size).toBe(3);
  expect(keyed(rows, copy([a, b, c])).keys).toEqual([ka, kb, kc]);
  expect(keyed(rows, withMoved([a, b, c], c, -1)).keys).toEqual([ka, kc, kb]);
  expect(keyed(rows, [a, { ...b, positions: "all", strength: 2 }, c]).keys).toEqual([ka, kb, kc]);
  expect(keyed(rows, [a, c]).keys).toEqual([ka, kc]);
  expect(keyed(rows, [{ ...a, features: [...a.features, "mlp.9.9.pos"] }, b, c]).keys).toEqual([ka, kb, kc]);
});

test("a row that comes has a key that none had before it", () => {
  const rows = keyed(NO_ROWS, [a, b]);
  const fewer = keyed(rows, [a]);
  const more = keyed(fewer, [a, c]);
  expect(rows.keys).not.toContain(more.keys[1]);
  const twice = keyed(rows, [a, b, { ...a, positions: "3:9" }]);
  expect(new Set(twice.keys).size).toBe(3);
});
