import { around, sourceOf } from "./passage";

test.each([
  [0, 10, 0, 10],
  [60, 128, 32, 73],
  [127, 128, 99, 128],
])("around token %d of %d are tokens %d to %d", (peak, length, from, to) => {
  expect(around(peak, length)).toEqual({ from, to });
});

test("a source is a corpus and a document in it", () => {
  expect(sourceOf("a:b:12")).toEqual({ corpus: "a:b", document: "12" });
  expect(sourceOf("notes")).toEqual({ corpus: "notes", document: "" });
});
