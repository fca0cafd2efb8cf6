import { bytes, count, percent, plain, plural, signed, visible } from "./format";

test.each([
  [0, "0"],
  [1.84, "+1.8"],
  [-0.916, "−0.92"],
  [9.97, "+10"],
  [0.0123, "+0.012"],
  [123.4, "+123"],
  [-0.00042, "−4.2 × 10⁻⁴"],
])("two significant digits and a true sign: %d", (value, text) => {
  expect(signed(value).replaceAll("\u2009", " ")).toBe(text);
});

test.each([
  [1, "100 %"],
  [0.9999, "99.99 %"],
  [0.993, "99.3 %"],
  [0.81, "81 %"],
  [0.0012, "0.12 %"],
  [1e-9, "< 0.001 %"],
])("a probability that is not certain is never written as 100 %%: %d", (value, text) => {
  expect(percent(value).replaceAll("\u2009", " ")).toBe(text);
});

test("thousands are set apart and nouns agree", () => {
  expect(count(92160).replace("\u2009", " ")).toBe("92 160");
  expect(plural(1, "token")).toBe("1 token");
  expect(plural(3, "token")).toBe("3 tokens");
  expect(plain(-2.5)).toBe("−2.5");
});

test.each([
  [1, "1 byte"],
  [340, "340 bytes"],
  [3_400_000, "3.4 MB"],
  [999_999, "1000 kB"],
  [5e15, "5000 TB"],
])("%d bytes are %s", (value, words) => {
  expect(bytes(value)).toBe(words);
});

test("what cannot be seen is drawn or spelled out", () => {
  expect(visible(" the\n")).toBe("␣the↵");
  expect(visible("")).toBe("∅");
  expect(visible("\u200b")).toBe("U+200B");
  expect(visible("<b>")).toBe("<b>");
});
