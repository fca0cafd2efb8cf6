import { makeConversation, makeRun } from "@/testing/builders";
import { runIn, startIn } from "./copies";

const original = makeConversation([makeRun({ id: "r1" }), makeRun({ id: "r2" })]);
const copy = makeConversation([makeRun({ id: "x1" }), makeRun({ id: "x2" })], { id: "c2" });

test("a run has its counterpart at the same place of the copy", () => {
  expect(runIn("r2", original, copy)).toBe("x2");
  expect(runIn("r9", original, copy)).toBeNull();
  expect(runIn("r2", original, makeConversation([]))).toBeNull();
});

test("an answer that begins with tokens begins with those of the copy, a text stays as it is", () => {
  expect(startIn({ run_id: "r1", pos: 9, token_id: 4 }, original, copy)).toEqual({ run_id: "x1", pos: 9, token_id: 4 });
  expect(startIn({ text: "Well" }, original, copy)).toEqual({ text: "Well" });
});
