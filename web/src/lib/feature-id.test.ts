import { featureInWords, parseFeature, parseSite } from "./feature-id";

test("an id is taken apart and said in words", () => {
  const id = parseFeature("mlp.12.3047.neg");
  expect(id).toEqual({ id: "mlp.12.3047.neg", source: "mlp", layer: 12, index: 3047, sign: "neg" });
  expect(id && featureInWords(id)).toBe("Neuron 3047 of layer 12, below 0");
  const latent = parseFeature("sae-small.0.5.pos");
  expect(latent && featureInWords(latent)).toBe("Latent 5 of sae-small, layer 0");
});

test.each(["", "mlp.1.2", "mlp.01.2.pos", "mlp.1.2.POS", "mlp.1.2.pos ", "<b>.1.2.pos"])("%j is no id", (text) => {
  expect(parseFeature(text)).toBeNull();
});

test("a site is a feature at a position, or a feature alone", () => {
  expect(parseSite("mlp.1.2.pos@14")).toEqual({ id: "mlp.1.2.pos", pos: 14 });
  expect(parseSite("mlp.1.2.pos")).toEqual({ id: "mlp.1.2.pos", pos: null });
  expect(parseSite("mlp.1.2.pos@x")).toEqual({ id: "mlp.1.2.pos", pos: null });
});
