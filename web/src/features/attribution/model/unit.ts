const UNITS = [
  ["tail quantile", "tail quantile"],
  ["extreme", "largest seen"],
  ["root mean square", "its usual"],
  ["relative write", "relative write"],
] as const;

/** What an activation is a multiple of, in a word or two; the server says it in a sentence. */
export function unitOf(scale: string): string {
  return UNITS.find(([word]) => scale.includes(word))?.[1] ?? "its scale";
}
