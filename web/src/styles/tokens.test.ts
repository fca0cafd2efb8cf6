import tokens from "./tokens.css?raw";

const PAPERS = ["paper", "panel", "sunk", "mark"] as const;
const THEMES = [
  ["light", 0],
  ["dark", 1],
] as const;

/** A colour of the theme, as its three channels from 0 to 1. */
function channels(name: string, theme: 0 | 1): number[] {
  const pair = new RegExp(`--color-${name}: light-dark\\(#(\\w{6}), #(\\w{6})\\)`).exec(tokens);
  const hex = pair?.[theme + 1];
  if (!hex) throw new Error(`no colour ${name}`);
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
}

/** Contrast as WCAG 2 defines it. */
function contrast(one: string, other: string, theme: 0 | 1): number {
  const [low = 0, high = 0] = [one, other]
    .map((name) => {
      const [r = 0, g = 0, b = 0] = channels(name, theme).map((c) =>
        c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    })
    .sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

describe.each(THEMES)("in the %s theme", (_, theme) => {
  test.each(PAPERS)("text reads on %s", (paper) => {
    for (const name of ["ink", "muted"]) expect(contrast(name, paper, theme), name).toBeGreaterThanOrEqual(4.5);
  });

  test.each([...PAPERS, "ink"] as const)("rules are seen on %s", (paper) => {
    expect(contrast("edge", paper, theme)).toBeGreaterThanOrEqual(3);
  });

  test.each(PAPERS)("marks of data are seen on %s", (paper) => {
    for (const name of ["promote", "hinder", "active"])
      expect(contrast(name, paper, theme), name).toBeGreaterThanOrEqual(3);
  });

  test("text that is selected reads", () => {
    for (const name of ["ink", "muted"]) expect(contrast(name, "selection", theme), name).toBeGreaterThanOrEqual(4.5);
  });
});
