const BEFORE = 28;
const AFTER = 12;

/** The tokens around a peak, as a half-open range; most of what a feature waits for stands before it. */
export function around(peak: number, length: number): { from: number; to: number } {
  return { from: Math.max(0, peak - BEFORE), to: Math.min(length, peak + AFTER + 1) };
}

/** `moby_dick:12` as a corpus and the document within it. */
export function sourceOf(source: string): { corpus: string; document: string } {
  const cut = source.lastIndexOf(":");
  return cut < 0 ? { corpus: source, document: "" } : { corpus: source.slice(0, cut), document: source.slice(cut + 1) };
}
