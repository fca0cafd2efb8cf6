import { parted } from "./graphemes";

test.each([
  ["e", "\u0301", false],
  ["👩", "\u200d", false],
  ["👩\u200d", "👧", false],
  ["🇫", "🇷", false],
  ["👍", "🏽", false],
  ["न", "ि", false],
  ["ᄒ", "ᅡ", false],
  ["🇫🇷", "🇩🇪", true],
  ["日", "本", true],
  ["ש", "ל", true],
  ["a", "b", true],
  ["a", "é", true],
  ["\n", "\u0301", true],
  ["", "\u0301", true],
])("between %j and %j: %s", (before, after, apart) => {
  expect(parted(before, after)).toBe(apart);
});
