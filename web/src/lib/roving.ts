/**
 * Where the arrows lead in a text of tokens: sideways to the token seen there, whichever way its script runs, and on
 * to the next line where the line ends; up and down to the nearest one on the next line.
 */

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const MOVES = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"] as const;

export type Move = (typeof MOVES)[number];

/** Of a key event what `moveOf` looks at. */
type Press = Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey">;

/** Where a key leads; null for other keys, and where a key held with it makes it the browser's, such as Alt+Left. */
export function moveOf({ key, altKey, ctrlKey, metaKey }: Press): Move | null {
  if (altKey || ctrlKey || metaKey) return null;
  return MOVES.find((move) => move === key) ?? null;
}

/** Where a token begins: its piece on the first line, where it goes on to another. */
export function boxOf(element: Element): Box {
  return element.getClientRects()[0] ?? element.getBoundingClientRect();
}

/** `boxAt` is asked for no more boxes than the lines in question hold. */
export function nextIndex(move: Move, from: number, count: number, boxAt: (index: number) => Box): number {
  if (move === "Home") return 0;
  if (move === "End") return count - 1;
  if (from < 0 || from >= count) return Math.max(0, Math.min(from, count - 1));
  if (move === "ArrowLeft" || move === "ArrowRight")
    return sideways(move === "ArrowRight" ? 1 : -1, from, count, boxAt);
  return vertical(move === "ArrowDown" ? 1 : -1, from, count, boxAt);
}

/** One line of tokens as it is seen, from left to right. */
interface Line {
  first: number;
  last: number;
  order: number[];
  /** It begins on the right. */
  leftwards: boolean;
}

function lineOf(index: number, count: number, boxAt: (index: number) => Box): Line {
  const here = boxAt(index);
  let [first, last] = [index, index];
  while (first > 0 && sameLine(boxAt(first - 1), here)) first--;
  while (last < count - 1 && sameLine(boxAt(last + 1), here)) last++;
  const boxes = Array.from({ length: last - first + 1 }, (_, i) => ({
    index: first + i,
    x: middleOf(first + i, boxAt),
  }));
  const leftwards = (boxes.at(-1)?.x ?? 0) < (boxes[0]?.x ?? 0);
  const order = boxes.sort((a, b) => a.x - b.x || a.index - b.index).map((box) => box.index);
  return { first, last, order, leftwards };
}

function sideways(step: 1 | -1, from: number, count: number, boxAt: (index: number) => Box): number {
  const line = lineOf(from, count, boxAt);
  const beside = line.order[line.order.indexOf(from) + step];
  if (beside !== undefined) return beside;
  const back = line.leftwards === step > 0;
  const beyond = back ? line.first - 1 : line.last + 1;
  if (beyond < 0 || beyond >= count) return from;
  const next = lineOf(beyond, count, boxAt);
  return (back === next.leftwards ? next.order[0] : next.order.at(-1)) ?? beyond;
}

function vertical(direction: 1 | -1, from: number, count: number, boxAt: (index: number) => Box): number {
  const start = boxAt(from);
  const middle = middleOf(from, boxAt);
  let best = from;
  let bestLine: number | null = null;
  let bestGap = Number.POSITIVE_INFINITY;
  for (let i = from + direction; i >= 0 && i < count; i += direction) {
    const box = boxAt(i);
    if (sameLine(box, start)) continue;
    const line = (box.top + box.bottom) / 2;
    bestLine ??= line;
    if (Math.abs(line - bestLine) > (box.bottom - box.top) / 2) break;
    const gap = Math.abs(middleOf(i, boxAt) - middle);
    if (gap < bestGap) [best, bestGap] = [i, gap];
  }
  return best;
}

function middleOf(index: number, boxAt: (index: number) => Box): number {
  const { left, right } = boxAt(index);
  return (left + right) / 2;
}

function sameLine(a: Box, b: Box): boolean {
  const height = Math.max(a.bottom - a.top, b.bottom - b.top);
  return Math.abs((a.top + a.bottom) / 2 - (b.top + b.bottom) / 2) <= height / 2;
}
