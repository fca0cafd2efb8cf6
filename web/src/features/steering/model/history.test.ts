import { type Change, formatChanges, strengthening, suppressing } from "./draft";
import { begun, parseHistory, redone, stepInWords, stepped, undone, upTo } from "./history";

test("steps are taken back one by one and taken again, until another step is taken", () => {
  let history = stepped(stepped(begun("c1", ""), "a", null), "b", null);
  history = undone(history) ?? history;
  expect(history.present).toBe("a");
  history = undone(history) ?? history;
  expect([history.present, undone(history)]).toEqual(["", null]);
  history = redone(history) ?? history;
  expect(history.present).toBe("a");
  history = stepped(history, "c", null);
  expect(redone(history)).toBeNull();
  expect(undone(history)?.present).toBe("a");
});

test("what is typed into one field is one step", () => {
  let history = begun("c1", "x");
  for (const text of ["x1", "x12", "x123"]) history = stepped(history, text, "a");
  history = stepped(history, "x123y", "b");
  expect(undone(history)?.present).toBe("x123");
  expect(undone(undone(history) ?? history)?.present).toBe("x");
});

test("what stays as it is, is no step", () => {
  const history = begun("c1", "a");
  expect(stepped(history, "a", null)).toBe(history);
});

test("a list that came without a step can be taken back too, but not out of another conversation", () => {
  const history = stepped(begun("c1", ""), "a", null);
  expect(undone(upTo(history, "c1", "b"))?.present).toBe("a");
  expect(undone(upTo(history, "c2", "b"))).toBeNull();
});

test("a first question keeps the history of the changes it is asked with; a conversation that is opened has none", () => {
  const history = stepped(begun(null, ""), "a", null);
  expect(upTo(history, "c1", "a").past).toEqual([""]);
  expect(undone(upTo(history, "c2", "b"))).toBeNull();
  expect(undone(upTo(history, "c2", ""))).toBeNull();
  const emptied = stepped(history, "", null);
  expect(undone(upTo(emptied, "c2", ""))).toBeNull();
});

test("only so many steps are kept", () => {
  let history = begun("c1", "");
  for (let i = 0; i < 300; i++) history = stepped(history, `${i}`, null);
  expect(history.past).toHaveLength(100);
  expect(history.past.at(-1)).toBe("298");
});

test("a history survives its storage; anything else there is none", () => {
  const history = stepped(stepped(begun("c1", ""), "a", "field"), "b", null);
  expect(parseHistory(JSON.stringify(history))).toEqual(history);
  for (const text of [null, "", "{", "3", "[]", '{"past":[1],"present":"","future":[]}', '{"past":[],"future":[]}'])
    expect(parseHistory(text)).toBeNull();
});

const a = suppressing(["mlp.0.1.pos"], "prompt");
const b: Change = { ...strengthening(["mlp.0.2.pos", "mlp.0.3.pos"], "all"), name: "months" };

test.each([
  [[], [a], "mlp.0.1.pos added"],
  [[a], [a, { ...a, positions: "3:9" }], "mlp.0.1.pos added"],
  [[a, b], [a], "“months” removed"],
  [[a, b], [], "2 changes removed"],
  [[a, b], [b, a], "order changed"],
  [[a, b], [a, { ...b, on: false }], "“months” switched off"],
  [[a, { ...b, on: false }], [a, b], "“months” switched on"],
  [[a], [{ ...a, strength: 2 }], "mlp.0.1.pos edited"],
  [[a], [{ ...a, positions: "all" }], "mlp.0.1.pos edited"],
  [
    [a, b],
    [
      { ...a, strength: 2 },
      { ...b, strength: 2 },
    ],
    "2 changes edited",
  ],
  [[a, b], [suppressing(["mlp.5.5.pos"], "all"), suppressing(["mlp.6.6.pos"], "all")], "other changes"],
] as [Change[], Change[], string][])("from %j to %j: %s", (was, is, words) => {
  expect(stepInWords(formatChanges(was), formatChanges(is))).toBe(words);
});
