/** Characters of a title that the page makes. */
const MADE = 60;
/** Characters that the server takes. */
export const MOST = 200;

/** A conversation's title, from its first question. */
export function titleOf(question: string): string {
  const line = question.trim().split("\n")[0] ?? "";
  return line.length > MADE ? `${line.slice(0, MADE - 1).trimEnd()}…` : line;
}

/** `Which one? (copy)`. */
export function copyTitle(title: string): string {
  const end = " (copy)";
  return `${(title || UNTITLED).slice(0, MOST - end.length)}${end}`;
}

export const UNTITLED = "Untitled";
