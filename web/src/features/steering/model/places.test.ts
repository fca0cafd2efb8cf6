import { placesFor } from "./places";

test("the tokens chosen are offered as a place, and where a change acts now stays one", () => {
  expect(placesFor(null, "prompt").map((place) => place.text)).toEqual([
    "in the prompt",
    "everywhere",
    "in the answer",
  ]);
  expect(placesFor("3:9", "prompt").at(-1)).toEqual({ value: "3:9", text: "at the chosen tokens, 3:9" });
  expect(placesFor("3:9", "3:9")).toHaveLength(4);
  expect(placesFor("3:9", "1:2").map((place) => place.value)).toEqual(["prompt", "all", "generated", "3:9", "1:2"]);
});
