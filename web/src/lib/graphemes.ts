/** Where one character, as people count them, ends: accents, joined emoji and flags are several code points. */

/** Null in a browser that cannot tell: then every code point is a character of its own. */
const graphemes = "Segmenter" in Intl ? new Intl.Segmenter(undefined, { granularity: "grapheme" }) : null;

/** Below this no code point joins another. */
const FIRST_JOINING = 0x300;
/** Code units that are looked back; longer characters than that are cut. */
const REACH = 64;

/** Whether a character ends between two texts; false where `after` goes on with the last one of `before`. */
export function parted(before: string, after: string): boolean {
  if (!graphemes || before === "" || after === "") return true;
  if (before.charCodeAt(before.length - 1) < FIRST_JOINING && after.charCodeAt(0) < FIRST_JOINING) return true;
  const tail = before.slice(-REACH);
  return graphemes.segment(tail + after.slice(0, 2)).containing(tail.length)?.index === tail.length;
}
