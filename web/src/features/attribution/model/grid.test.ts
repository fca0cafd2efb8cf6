import { makeSiteMap } from "@/testing/builders";
import type { Spot } from "./grid";
import { areaOf, cellAt, columnsOf, depthIn, gridOf, isOnly, largestOf, moved, shownOf, strongest } from "./grid";

const map = makeSiteMap();
const grid = gridOf(map, 100);

test("the last layer is on top, and a cell holds its parts in nats", () => {
  expect(grid.layers).toEqual([12, 3]);
  expect(grid.spans[0]).toEqual({ from: 3, to: 4 });
  const cell = cellAt(grid, { row: 0, column: 1 });
  expect(cell).toMatchObject({ layer: 12, span: { from: 4, to: 5 } });
  expect([cell?.promoted, cell?.hindered]).toEqual([expect.closeTo(0.8), expect.closeTo(-0.1)]);
  expect(cellAt(grid, { row: 2, column: 0 })).toBeNull();
});

test("more positions than columns are summed in neighbours, and none is lost", () => {
  const binned = gridOf(map, 4);
  expect(binned.perColumn).toBe(2);
  expect(binned.spans).toEqual([
    { from: 3, to: 5 },
    { from: 5, to: 7 },
    { from: 7, to: 9 },
  ]);
  expect(cellAt(binned, { row: 0, column: 0 })?.promoted).toBeCloseTo(0.85);
  const all = binned.cells.flat().reduce((sum, cell) => sum + cell.promoted, 0);
  expect(all).toBeCloseTo(1.55);
  const uneven = gridOf(map, 2);
  expect(uneven.spans.at(-1)).toEqual({ from: 6, to: 9 });
  expect(gridOf(map, 5).spans.at(-1)).toEqual({ from: 7, to: 9 });
});

test("a thousand positions fit into seventy columns", () => {
  const row = Array.from({ length: 1000 }, () => 1);
  const long = gridOf(makeSiteMap({ layers: [0], positive: [row], negative: [row.map(() => 0)] }), 70);
  expect([long.perColumn, long.spans.length]).toEqual([15, 67]);
  expect(long.spans.at(-1)).toEqual({ from: 993, to: 1003 });
  expect(cellAt(long, { row: 0, column: 66 })?.promoted).toBeCloseTo(0.1);
});

test("a cell shows what promoted less what held back, or one side alone", () => {
  const cell = cellAt(grid, { row: 0, column: 1 }) ?? { layer: 0, span: { from: 0, to: 1 }, promoted: 0, hindered: 0 };
  expect(shownOf(cell, "all")).toBeCloseTo(0.7);
  expect(shownOf(cell, "promoted")).toBeCloseTo(0.8);
  expect(shownOf(cell, "hindered")).toBeCloseTo(-0.1);
  expect(strongest(grid, "all")).toEqual({ row: 0, column: 1 });
  expect(strongest(grid, "hindered")).toEqual({ row: 1, column: 0 });
  expect(largestOf(grid, "hindered")).toBeCloseTo(0.4);
});

test("arrows move a cell and stop at the edges", () => {
  const walk = (from: Spot, ...moves: Parameters<typeof moved>[1][]): Spot =>
    moves.reduce((spot, move) => moved(spot, move, grid), from);
  expect(walk({ row: 0, column: 0 }, "ArrowDown", "ArrowRight")).toEqual({ row: 1, column: 1 });
  expect(walk({ row: 0, column: 0 }, "ArrowUp", "ArrowLeft")).toEqual({ row: 0, column: 0 });
  expect(walk({ row: 1, column: 2 }, "End", "ArrowRight", "ArrowDown")).toEqual({ row: 1, column: 5 });
  expect(walk({ row: 1, column: 2 }, "Home")).toEqual({ row: 1, column: 0 });
});

test("a part has a place on the map, unless the map does not reach it", () => {
  expect(areaOf(grid, { layer: 12, span: null })).toEqual({ rows: { from: 0, to: 1 }, columns: { from: 0, to: 6 } });
  expect(areaOf(grid, { layer: null, span: { from: 4, to: 6 } })?.columns).toEqual({ from: 1, to: 3 });
  expect(areaOf(grid, { layer: 7, span: null })).toBeNull();
  expect(areaOf(grid, { layer: 12, span: { from: 0, to: 3 } })).toBeNull();
  expect(columnsOf(grid.spans, { from: 8, to: 9 })).toEqual({ from: 5, to: 6 });
  const one = areaOf(grid, { layer: 3, span: { from: 3, to: 4 } });
  expect(isOnly(one, { row: 1, column: 0 })).toBe(true);
  expect(isOnly(one, { row: 0, column: 0 })).toBe(false);
  expect(isOnly(areaOf(grid, { layer: 3, span: null }), { row: 1, column: 0 })).toBe(false);
});

test("depth runs from nothing to all, and small values show", () => {
  expect([depthIn(0, 2), depthIn(-2, 2), depthIn(0.02, 2)]).toEqual([0, 1, 0.1]);
  expect(depthIn(1, 0)).toBe(0);
});

test("a map of no positions has no cells", () => {
  const none = gridOf(makeSiteMap({ positive: [[], []], negative: [[], []] }), 10);
  expect(none.spans).toEqual([]);
  expect(strongest(none, "all")).toBeNull();
  expect(largestOf(none, "all")).toBe(0);
});
