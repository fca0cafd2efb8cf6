import type { SiteMap } from "@/api/types";
import type { Part } from "@/features/attribution/model/part";
import type { Side } from "@/features/attribution/model/rows";
import type { Move } from "@/lib/roving";
import type { Span } from "@/lib/span";

/** One layer at one or a few positions: what all of its sites did, summed, in nats. */
export interface GridCell {
  layer: number;
  span: Span;
  /** At least 0. */
  promoted: number;
  /** At most 0. */
  hindered: number;
}

/** The map as it is drawn: the last layer on top, positions from left to right. */
export interface Grid {
  layers: readonly number[];
  spans: readonly Span[];
  /** [row][column] */
  cells: readonly (readonly GridCell[])[];
  /** Positions in a column; the last may hold fewer. */
  perColumn: number;
}

/** A cell by its place. */
export interface Spot {
  row: number;
  column: number;
}

/** A map in at most `most` columns: where there are more positions, neighbours are summed. */
export function gridOf(map: SiteMap, most: number): Grid {
  const n = map.positive[0]?.length ?? 0;
  const perColumn = Math.max(1, Math.ceil(n / Math.max(1, most)));
  const spans = Array.from({ length: Math.ceil(n / perColumn) }, (_, i) => ({
    from: map.start + i * perColumn,
    to: map.start + Math.min(n, (i + 1) * perColumn),
  }));
  const sum = (steps: readonly number[] | undefined, { from, to }: Span): number =>
    (steps ?? []).slice(from - map.start, to - map.start).reduce((all, one) => all + one, 0) * map.step;
  const cells = map.layers.map((layer, i) =>
    spans.map((span) => ({
      layer,
      span,
      promoted: sum(map.positive[i], span),
      hindered: sum(map.negative[i], span),
    })),
  );
  return { layers: [...map.layers].reverse(), spans, cells: cells.reverse(), perColumn };
}

/** What a cell shows, in nats: promoted less held back, or one of the two alone. */
export function shownOf({ promoted, hindered }: GridCell, side: Side): number {
  if (side === "all") return promoted + hindered;
  return side === "promoted" ? promoted : hindered;
}

export function cellAt(grid: Grid, spot: Spot | null): GridCell | null {
  return spot ? (grid.cells[spot.row]?.[spot.column] ?? null) : null;
}

/** The cell that shows most; null where the map has none. */
export function strongest(grid: Grid, side: Side): Spot | null {
  let best: Spot | null = null;
  let most = -1;
  grid.cells.forEach((cells, row) => {
    cells.forEach((cell, column) => {
      const size = Math.abs(shownOf(cell, side));
      if (size > most) [best, most] = [{ row, column }, size];
    });
  });
  return best;
}

/** Where an arrow leads; the edges hold. */
export function moved({ row, column }: Spot, move: Move, { layers, spans }: Grid): Spot {
  const [right, bottom] = [spans.length - 1, layers.length - 1];
  switch (move) {
    case "ArrowLeft":
      return { row, column: Math.max(0, column - 1) };
    case "ArrowRight":
      return { row, column: Math.min(right, column + 1) };
    case "ArrowUp":
      return { row: Math.max(0, row - 1), column };
    case "ArrowDown":
      return { row: Math.min(bottom, row + 1), column };
    case "Home":
      return { row, column: 0 };
    case "End":
      return { row, column: right };
  }
}

/** Rows and columns that hold something, both half-open. */
export interface Area {
  rows: Span;
  columns: Span;
}

/** Where a part of the explanation lies; null where the map does not reach it. */
export function areaOf({ layers, spans }: Grid, { layer, span }: Part): Area | null {
  const row = layer === null ? -1 : layers.indexOf(layer);
  const columns = span ? columnsOf(spans, span) : { from: 0, to: spans.length };
  if ((layer !== null && row < 0) || columns.from >= columns.to) return null;
  return { rows: layer === null ? { from: 0, to: layers.length } : { from: row, to: row + 1 }, columns };
}

/** The columns that hold any of these positions; none where `from` is not before `to`. */
export function columnsOf(spans: readonly Span[], { from, to }: Span): Span {
  const first = spans.findIndex((span) => span.to > from);
  const last = spans.findLastIndex((span) => span.from < to);
  return first < 0 ? { from: 0, to: 0 } : { from: first, to: last + 1 };
}

/** An area is one cell, this one. */
export function isOnly(area: Area | null, spot: Spot): boolean {
  if (!area) return false;
  const { rows, columns } = area;
  const one = rows.to - rows.from === 1 && columns.to - columns.from === 1;
  return one && rows.from === spot.row && columns.from === spot.column;
}

export function largestOf(grid: Grid, side: Side): number {
  const cell = cellAt(grid, strongest(grid, side));
  return cell ? Math.abs(shownOf(cell, side)) : 0;
}

/** How deep a value is drawn, 0 to 1: its root, so that what is small beside the largest is seen, too. */
export function depthIn(value: number, largest: number): number {
  return largest > 0 ? Math.sqrt(Math.min(1, Math.abs(value) / largest)) : 0;
}
