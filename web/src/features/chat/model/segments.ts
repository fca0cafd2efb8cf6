import type { Token } from "@/api/types";
import { type Cell, cellsOf } from "@/lib/cells";

/** A turn as the model read it: its cells, template markers apart from what was written. */
export interface Segment {
  key: string;
  role: Token["role"];
  cells: Cell[];
}

/**
 * Cuts a run's tokens into turns. A turn ends where the role changes, and where content follows the markers that
 * closed it (two turns of one role).
 */
export function segmentsOf(tokens: readonly Token[]): Segment[] {
  const turns: { tokens: Token[]; role: Token["role"]; written: boolean; closed: boolean }[] = [];
  for (const token of tokens) {
    let turn = turns.at(-1);
    if (!turn || turn.role !== token.role || (turn.closed && !token.marker)) {
      turn = { tokens: [], role: token.role, written: false, closed: false };
      turns.push(turn);
    }
    turn.tokens.push(token);
    if (!token.marker) turn.written = true;
    else if (turn.written) turn.closed = true;
  }
  return turns.map((turn) => ({
    key: `${turn.role}-${turn.tokens[0]?.pos ?? 0}`,
    role: turn.role,
    cells: cellsOf(turn.tokens),
  }));
}

/** A turn nobody wrote: the template's own system text is markers and content alike, so only the role tells. */
export function hasText(segment: Segment): boolean {
  return segment.cells.some((cell) => !cell.token.marker);
}

/** The cell that holds a position, whichever of its parts that is. */
export function cellAt(cells: readonly Cell[], pos: number): Cell | undefined {
  return cells.find((cell) => cell.parts.some((part) => part.pos === pos));
}
