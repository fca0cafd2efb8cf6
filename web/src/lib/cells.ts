import type { Token } from "@/api/types";

/**
 * What is drawn as one token: a token, or several that together make one character. The texts of the tokens that
 * begin the character are empty; the last one holds it.
 */
export interface Cell {
  /** The token that holds the text. */
  token: Token;
  /** All tokens of the cell, the last of them `token`. */
  parts: Token[];
}

const made = new WeakMap<Token, Cell>();

/** The cell of these tokens: the same object for the same tokens, so that a growing text redraws only what is new. */
function cellOf(token: Token, parts: Token[]): Cell {
  const known = made.get(token);
  if (known && known.parts.length === parts.length && known.parts.every((part, i) => part === parts[i])) return known;
  const cell = { token, parts };
  made.set(token, cell);
  return cell;
}

/** Joins the tokens that begin a character to the one that completes it. A beginning left open stays a cell. */
export function cellsOf(tokens: readonly Token[]): Cell[] {
  const cells: Cell[] = [];
  let open: Token[] = [];
  for (const token of tokens) {
    if (token.text === "" && !token.marker) {
      open.push(token);
      continue;
    }
    cells.push(cellOf(token, [...open, token]));
    open = [];
  }
  const last = open.at(-1);
  if (last) cells.push(cellOf(last, open));
  return cells;
}

/** The sign that stands for white space while it is pointed at; null for anything one sees anyway. */
export function glyphOf(text: string): string | null {
  if (text === "" || text.trim() !== "") return null;
  const lines = text.split("\n").length - 1;
  if (lines > 0) return "↵".repeat(lines);
  return text.includes("\t") ? "⇥" : "␣".repeat(text.length);
}
