import type { Token } from "@/api/types";
import { type Block, blocksOf } from "@/features/chat/model/blocks";
import { type Cell, cellsOf } from "@/lib/cells";

/** A turn as the model read it: its cells, template markers apart from what was written. */
export interface Segment {
  key: string;
  role: Token["role"];
  tokens: readonly Token[];
  cells: Cell[];
  /** The same cells, code apart from text. */
  blocks: Block[];
}

const made = new WeakMap<Token, Segment>();

/** The segment of these tokens: the same object for the same tokens, so that what is said stays as it is drawn. */
function segmentOf(first: Token, tokens: readonly Token[]): Segment {
  const known = made.get(first);
  if (known && known.tokens.length === tokens.length && known.tokens.every((token, i) => token === tokens[i]))
    return known;
  const cells = cellsOf(tokens);
  const segment = { key: `${first.role}-${first.pos}`, role: first.role, tokens, cells, blocks: blocksOf(cells) };
  made.set(first, segment);
  return segment;
}

/**
 * Cuts a run's tokens into turns. A turn ends where the role changes, and where content follows the markers that
 * closed it (two turns of one role).
 */
export function segmentsOf(tokens: readonly Token[]): Segment[] {
  const turns: { first: Token; tokens: Token[]; written: boolean; closed: boolean }[] = [];
  for (const token of tokens) {
    let turn = turns.at(-1);
    if (!turn || turn.first.role !== token.role || (turn.closed && !token.marker)) {
      turn = { first: token, tokens: [], written: false, closed: false };
      turns.push(turn);
    }
    turn.tokens.push(token);
    if (!token.marker) turn.written = true;
    else if (turn.written) turn.closed = true;
  }
  return turns.map((turn) => segmentOf(turn.first, turn.tokens));
}

/** A turn nobody wrote: the template's own system text is markers and content alike, so only the role tells. */
export function hasText(segment: Segment): boolean {
  return segment.cells.some((cell) => !cell.token.marker);
}

/** The cell that holds a position, whichever of its parts that is. */
export function cellAt(cells: readonly Cell[], pos: number): Cell | undefined {
  return cells.find((cell) => cell.parts.some((part) => part.pos === pos));
}
