import type { Exemplar } from "@/api/types";

export interface Snippet {
  before: string;
  token: string;
  after: string;
}

const BEFORE = 8;
const AFTER = 6;

/** The words around an exemplar's peak, on one line. */
export function snippetOf({ tokens, pos }: Pick<Exemplar, "tokens" | "pos">): Snippet {
  const line = (from: number, to: number): string =>
    tokens
      .slice(Math.max(0, from), to)
      .map(({ text }) => text)
      .join("")
      .replace(/\s+/g, " ");
  return {
    before: (pos > BEFORE ? "… " : "") + line(pos - BEFORE, pos).trimStart(),
    token: tokens[pos]?.text.replace(/\n/g, "↵") ?? "",
    after: line(pos + 1, pos + 1 + AFTER),
  };
}
