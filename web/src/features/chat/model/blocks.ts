import type { Cell } from "@/lib/cells";
import type { Span } from "@/lib/span";

/** Cells that are drawn alike: a stretch of text, or a block of code with its fences. */
export interface Block {
  /** Position of its first token. */
  key: number;
  code: boolean;
  cells: Cell[];
}

/** A line that opens or closes a block of code: its sign, and what is written behind it. */
const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;

/** Cuts a turn where its code begins and ends; code left open lasts to the end. A token stands where its text begins. */
export function blocksOf(cells: readonly Cell[]): Block[] {
  const code = codeIn(cells.map(writtenIn).join(""));
  const blocks: Block[] = [];
  let at = 0;
  let last: number | null = null;
  for (const cell of cells) {
    const begin = at + Math.max(0, cell.text.search(/[^\n]/));
    const inside = code.findIndex(({ from, to }) => begin >= from && begin < to);
    const block = blocks.at(-1);
    if (block && inside === last) block.cells.push(cell);
    else blocks.push({ key: cell.parts[0]?.pos ?? cell.token.pos, code: inside >= 0, cells: [cell] });
    at += writtenIn(cell).length;
    last = inside;
  }
  return blocks;
}

function writtenIn({ token, text }: Cell): string {
  return token.marker ? "" : text;
}

/** Where code stands in a text, its fences included, but not the line break behind it. */
function codeIn(text: string): Span[] {
  const found: Span[] = [];
  let open: { from: number; fence: string } | null = null;
  let from = 0;
  for (const line of text.split("\n")) {
    const to = from + line.length;
    const [, fence = "", more = ""] = FENCE.exec(line) ?? [];
    if (open === null) {
      if (fence !== "" && !(fence.startsWith("`") && more.includes("`"))) open = { from, fence };
    } else if (fence.startsWith(open.fence) && more.trim() === "") {
      found.push({ from: open.from, to });
      open = null;
    }
    from = to + 1;
  }
  if (open) found.push({ from: open.from, to: text.length });
  return found;
}
