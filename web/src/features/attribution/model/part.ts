import { plural } from "@/lib/format";
import { formatSpan, holds, parseSpan, type Span } from "@/lib/span";

/** Part of an explanation: a layer, some positions, or both. Written `12`, `@40:48`, `12@40:48`. */
export interface Part {
  layer: number | null;
  span: Span | null;
}

/** Strict: null for anything that names no part. */
export function parsePart(text: string | null): Part | null {
  const [, layer, at] = /^(0|[1-9]\d{0,5})?(@.+)?$/.exec(text ?? "") ?? [];
  const span = at === undefined ? null : parseSpan(at.slice(1));
  if ((layer === undefined && span === null) || (at !== undefined && span === null)) return null;
  return { layer: layer === undefined ? null : Number(layer), span };
}

export function formatPart({ layer, span }: Part): string {
  return `${layer ?? ""}${span ? `@${formatSpan(span)}` : ""}`;
}

export function isIn(part: Part | null, site: { layer: number; pos: number }): boolean {
  if (!part) return true;
  return (part.layer === null || part.layer === site.layer) && (part.span === null || holds(part.span, site.pos));
}

/** `in layer 12 at tokens 40 to 47`. */
export function partInWords({ layer, span }: Part): string {
  const words = [layer === null ? "" : `in layer ${layer}`, span ? `at ${spanInWords(span)}` : ""];
  return words.filter(Boolean).join(" ");
}

/** `token 40`, `tokens 40 to 47`. */
export function spanInWords({ from, to }: Span): string {
  return to - from === 1 ? `token ${from}` : `tokens ${from} to ${to - 1}`;
}

/** How much of the list lies in a part; that nothing does is said, too. */
export function heldInWords(n: number, all: number, part: Part): string {
  const list = `of the ${plural(all, "feature")} listed`;
  if (n === 0) return `None ${list} is ${partInWords(part)}`;
  return `${n} ${list} ${n === 1 ? "is" : "are"} ${partInWords(part)}`;
}
