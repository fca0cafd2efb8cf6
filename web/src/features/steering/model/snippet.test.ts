import { makeExemplar } from "@/testing/builders";
import { snippetOf } from "./snippet";

test("a snippet is one line around the peak", () => {
  expect(snippetOf(makeExemplar())).toEqual({ before: "<end>in the month of", token: " May", after: " it rained" });
  const long = Array.from({ length: 30 }, (_, id) => ({ id, text: ` w${id}` }));
  expect(snippetOf({ tokens: long, pos: 20 }).before).toBe("… w12 w13 w14 w15 w16 w17 w18 w19");
});
