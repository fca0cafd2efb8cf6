/** A text with a number at each token, as it is drawn: a token, or several that together make one character. */
export interface Shade {
  /** Index of the token that holds the text. */
  at: number;
  text: string;
  /** Of its tokens, the value farthest out on the scale's side; null where none is known. */
  value: number | null;
  parts: number;
}

/** Joins the tokens that begin a character to the one that completes it. A beginning left open stays by itself. */
export function shadesOf(
  tokens: readonly { text: string }[],
  values: readonly (number | null)[],
  scale: number,
): Shade[] {
  const shades: Shade[] = [];
  let open: (number | null)[] = [];
  tokens.forEach(({ text }, at) => {
    open.push(values[at] ?? null);
    if (text === "" && at < tokens.length - 1) return;
    shades.push({ at, text, value: farthest(open, scale), parts: open.length });
    open = [];
  });
  return shades;
}

function farthest(values: readonly (number | null)[], scale: number): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((best, value) => (value * scale > best * scale ? value : best));
}

/** How deep a shade is, 0 to 1: the share of the scale, which has the feature's own sign; nothing on the other side. */
export function depthOf(value: number | null, scale: number): number {
  if (value === null || scale === 0) return 0;
  return Math.min(1, Math.max(0, value / scale));
}

/** The value farthest out on the scale's side among those that count, with its index; null where none is on it. */
export function peakOf(
  values: readonly (number | null)[],
  scale: number,
  from = 0,
): { at: number; value: number } | null {
  let best: { at: number; value: number } | null = null;
  values.forEach((value, at) => {
    if (at < from || value === null || value * scale <= 0) return;
    if (best === null || Math.abs(value) > Math.abs(best.value)) best = { at, value };
  });
  return best;
}
