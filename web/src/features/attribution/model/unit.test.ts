import { unitOf } from "./unit";

test("the scale has a short name", () => {
  expect(unitOf("feature's 1e-5 tail quantile, which 1 token in 100,000 exceeds")).toBe("tail quantile");
  expect(unitOf("root mean square of the feature's activation in this conversation, position 0 left out")).toBe(
    "its usual",
  );
  expect(unitOf("feature's extreme in the atlas's corpus, which is too small for a 1e-5 tail")).toBe("largest seen");
  expect(unitOf("something new")).toBe("its scale");
});
