import { parted } from "@/lib/graphemes";

/** Characters of a title that the page makes. */
const MADE = 60;
/** Characters, as code points, that the server takes. */
export const MOST = 200;

/** A conversation's title, from its first question. */
export function titleOf(question: string): string {
  const line = question.trim().split("\n")[0] ?? "";
  const kept = beginningOf(line, MADE);
  return kept === line ? line : `${beginningOf(line, MADE - 1).trimEnd()}…`;
}

/** `Which one? (copy)`. */
export function copyTitle(title: string): string {
  const end = " (copy)";
  return `${beginningOf(title || UNTITLED, MOST - end.length)}${end}`;
}

/** A text's first characters, at most so many code points; a character of several is left out rather than cut. */
function beginningOf(text: string, most: number): string {
  const points = [...text];
  let end = Math.min(most, points.length);
  while (!parted(points.slice(0, end).join(""), points[end] ?? "")) end--;
  return points.slice(0, end || most).join("");
}

export const UNTITLED = "Untitled";
