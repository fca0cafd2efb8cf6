import { segmentsOf } from "@/features/chat/model/segments";
import { makeRun } from "@/testing/builders";
import { homeOf } from "./home";

const run = makeRun();
const drawn = segmentsOf(run.tokens).map((segment) => ({ run: run.id, segment }));
const at = (pos: number, id = run.id) => ({ run: id, pos });

test("the first place wanted is taken that is drawn", () => {
  expect(homeOf([null, at(9), at(4)], drawn, false)).toEqual(at(9));
  expect(homeOf([at(7), at(4)], drawn, true)).toEqual(at(7));
});

test.each([
  ["a template marker while those are hidden", at(7)],
  ["past the end", at(99)],
  ["of a run that is not shown", at(9, "r0")],
])("a place that is %s is passed over", (_, place) => {
  expect(homeOf([place, at(4)], drawn, false)).toEqual(at(4));
});

test("where nothing wanted is drawn, it is what was written first", () => {
  expect(homeOf([null], drawn, false)).toEqual(at(3));
  expect(homeOf([at(9)], drawn.slice(0, 1), true)).toEqual(at(3));
  expect(homeOf([at(9)], [], true)).toBeNull();
});
