import { memo, useLayoutEffect, useRef } from "react";
import { depthIn, type Grid, largestOf, shownOf } from "@/features/attribution/model/grid";
import type { Side } from "@/features/attribution/model/rows";
import { useScheme } from "@/lib/use-scheme";

interface Props {
  grid: Grid;
  side: Side;
  width: number;
  height: number;
}

/** The cells of a map, painted: blue promoted, orange held back, paper is zero. What they say is said beside it. */
export const MapCanvas = memo(function MapCanvas({ grid, side, width, height }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useScheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes the colours, which are read when painting
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) return;
    const ratio = devicePixelRatio || 1;
    element.width = Math.round(width * ratio);
    element.height = Math.round(height * ratio);
    paint(context, grid, side, element, [hueOf(element, "promote"), hueOf(element, "hinder")]);
  }, [grid, side, width, height, scheme]);
  return <canvas ref={canvas} className="block" style={{ width, height }} />;
});

function paint(
  context: CanvasRenderingContext2D,
  grid: Grid,
  side: Side,
  size: { width: number; height: number },
  [promote, hinder]: [string, string],
): void {
  const largest = largestOf(grid, side);
  const edge = (i: number, n: number, length: number): number => Math.round((i / n) * length);
  context.clearRect(0, 0, size.width, size.height);
  grid.cells.forEach((cells, row) => {
    const top = edge(row, grid.layers.length, size.height);
    const bottom = edge(row + 1, grid.layers.length, size.height);
    cells.forEach((cell, column) => {
      const value = shownOf(cell, side);
      const left = edge(column, grid.spans.length, size.width);
      context.globalAlpha = depthIn(value, largest);
      context.fillStyle = value >= 0 ? promote : hinder;
      context.fillRect(left, top, edge(column + 1, grid.spans.length, size.width) - left, bottom - top);
    });
  });
}

/** A colour of the page as the canvas takes it: worked out by the style sheet for the theme that shows. */
function hueOf(element: HTMLElement, name: "promote" | "hinder"): string {
  element.style.color = `var(--color-${name})`;
  const colour = getComputedStyle(element).color;
  element.style.removeProperty("color");
  return colour;
}
