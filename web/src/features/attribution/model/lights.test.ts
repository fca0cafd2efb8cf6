import { makeEffect } from "@/testing/builders";
import { lightsOf, metAt } from "./lights";

const sites = [makeEffect(), makeEffect({ pos: 7 }), makeEffect({ id: "mlp.3.17.neg", pos: 3 })];
const firing = new Map([
  [
    "mlp.12.3047.pos",
    new Map([
      [4, 1],
      [6, 0.5],
    ]),
  ],
]);

test("a row lights where it stands and where its feature fires", () => {
  const lights = lightsOf("mlp.12.3047.pos@4", sites, firing);
  expect(lights?.at).toEqual([4]);
  expect([...(lights?.fires ?? [])]).toEqual([
    [4, 1],
    [6, 0.5],
  ]);
});

test("until it is known where it fires, a row lights wherever its feature is listed", () => {
  expect(lightsOf("mlp.12.3047.pos@4", sites, undefined)?.at).toEqual([4, 7]);
  expect(lightsOf("mlp.3.17.neg@3", sites, firing)).toEqual({ at: [3], fires: new Map() });
  expect(lightsOf("mlp.0.0.pos@0", sites, firing)).toBeNull();
});

test("a token meets the rows that stand there, and those whose features fire there", () => {
  expect(metAt(4, sites, firing)).toEqual(
    new Map([
      ["mlp.12.3047.pos@4", "stands"],
      ["mlp.12.3047.pos@7", "fires"],
    ]),
  );
  expect(metAt(6, sites, undefined)).toEqual(new Map());
});
