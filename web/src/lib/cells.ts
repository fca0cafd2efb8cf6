import type { Token } from "@/api/types";
import { visible } from "@/lib/format";
import { parted } from "@/lib/graphemes";

/**
 * What is drawn as one token: a token, or several that together make one character. The texts of the tokens that
 * begin a code point are empty, the last one holds it; an accent or the second half of a flag has a text of its own.
 */
export interface Cell {
  /** The last token of the cell. */
  token: Token;
  /** All tokens of the cell, the last of them `token`. */
  parts: Token[];
  /** What they say together. */
  text: string;
}

const made = new WeakMap<Token, Cell>();

/** The cell of these tokens: the same object for the same tokens, so that a growing text redraws only what is new. */
function cellOf(token: Token, parts: Token[], text: string): Cell {
  const known = made.get(token);
  if (known && known.parts.length === parts.length && known.parts.every((part, i) => part === parts[i])) return known;
  const cell = { token, parts, text };
  made.set(token, cell);
  return cell;
}

/** Joins the tokens that make one character. A beginning left open stays a cell, and a marker is always one. */
export function cellsOf(tokens: readonly Token[]): Cell[] {
  const cells: { parts: Token[]; text: string; whole: boolean }[] = [];
  let open: Token[] = [];
  const close = (text: string, whole: boolean): void => {
    if (open.length > 0) cells.push({ parts: open, text, whole });
    open = [];
  };
  for (const token of tokens) {
    if (token.marker) close("", true);
    open.push(token);
    if (token.marker) {
      close(token.text, true);
      continue;
    }
    if (token.text === "") continue;
    const before = cells.at(-1);
    if (before && !before.whole && !parted(before.text, token.text)) {
      before.parts.push(...open);
      before.text += token.text;
      open = [];
    } else close(token.text, false);
  }
  close("", true);
  return cells.flatMap(({ parts, text }) => {
    const last = parts.at(-1);
    return last ? [cellOf(last, parts, text)] : [];
  });
}

/** The positions of a cell. */
export function spanOf({ token, parts }: Pick<Cell, "token" | "parts">): { from: number; to: number } {
  return { from: parts[0]?.pos ?? token.pos, to: token.pos + 1 };
}

/** The sign that stands for what cannot be seen while it is pointed at; null for anything one sees anyway. */
export function glyphOf(text: string): string | null {
  if (/^[\p{Cf}\p{Cc}]+$/u.test(text) && text.trim() !== "") return visible(text);
  if (text === "" || text.trim() !== "") return null;
  const lines = text.split("\n").length - 1;
  if (lines > 0) return "↵".repeat(lines);
  return text.includes("\t") ? "⇥" : "␣".repeat(text.length);
}
