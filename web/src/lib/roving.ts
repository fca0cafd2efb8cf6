/** Where the arrows lead in a text of tokens: sideways one token, up and down to the nearest one on the next line. */

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export type Move = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" | "Home" | "End";

export function isMove(key: string): key is Move {
  return ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"].includes(key);
}

export function nextIndex(move: Move, from: number, boxes: readonly Box[]): number {
  const last = boxes.length - 1;
  if (move === "Home") return 0;
  if (move === "End") return last;
  if (move === "ArrowLeft") return Math.max(0, from - 1);
  if (move === "ArrowRight") return Math.min(last, from + 1);
  return vertical(move === "ArrowDown" ? 1 : -1, from, boxes);
}

function vertical(direction: 1 | -1, from: number, boxes: readonly Box[]): number {
  const start = boxes[from];
  if (!start) return from;
  const middle = (start.left + start.right) / 2;
  let best = from;
  let bestLine: number | null = null;
  let bestGap = Number.POSITIVE_INFINITY;
  for (let i = from + direction; i >= 0 && i < boxes.length; i += direction) {
    const box = boxes[i];
    if (!box || sameLine(box, start)) continue;
    const line = (box.top + box.bottom) / 2;
    bestLine ??= line;
    if (Math.abs(line - bestLine) > (box.bottom - box.top) / 2) break;
    const gap = Math.abs((box.left + box.right) / 2 - middle);
    if (gap < bestGap) [best, bestGap] = [i, gap];
  }
  return best;
}

function sameLine(a: Box, b: Box): boolean {
  return Math.abs((a.top + a.bottom) / 2 - (b.top + b.bottom) / 2) < (b.bottom - b.top) / 2;
}
