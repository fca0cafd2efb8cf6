import { formatPart, heldInWords, isIn, parsePart, partInWords } from "./part";

test("a part and what an address holds of it are the same thing", () => {
  for (const text of ["12", "@40:41", "0@40:48"]) {
    const part = parsePart(text);
    expect(part && formatPart(part)).toBe(text);
  }
  for (const text of [null, "", "@", "12@", "12@8:8", "@9:3", "-1", "012", "mlp.12"])
    expect(parsePart(text)).toBeNull();
});

test("a site is in a part by its layer, its position, or both", () => {
  const at = (text: string, layer: number, pos: number): boolean => isIn(parsePart(text), { layer, pos });
  expect([at("12", 12, 4), at("12", 11, 4)]).toEqual([true, false]);
  expect([at("@40:48", 3, 47), at("@40:48", 3, 48)]).toEqual([true, false]);
  expect([at("12@40:41", 12, 40), at("12@40:41", 12, 41), at("12@40:41", 3, 40)]).toEqual([true, false, false]);
  expect(isIn(null, { layer: 1, pos: 1 })).toBe(true);
});

test("it is named in words, and so is that nothing listed is in it", () => {
  const part = parsePart("12@40:48") ?? { layer: null, span: null };
  expect(partInWords(part)).toBe("in layer 12 at tokens 40 to 47");
  expect(partInWords({ layer: null, span: { from: 3, to: 4 } })).toBe("at token 3");
  expect(heldInWords(3, 50, part)).toBe("3 of the 50 features listed are in layer 12 at tokens 40 to 47");
  expect(heldInWords(1, 50, { layer: 3, span: null })).toBe("1 of the 50 features listed is in layer 3");
  expect(heldInWords(0, 50, part)).toBe("None of the 50 features listed is in layer 12 at tokens 40 to 47");
});
