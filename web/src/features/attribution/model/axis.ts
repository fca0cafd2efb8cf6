import type { Token } from "@/api/types";
import type { Grid, GridCell } from "@/features/attribution/model/grid";
import { formatPart, spanInWords } from "@/features/attribution/model/part";
import { signed, visible } from "@/lib/format";
import type { Span } from "@/lib/span";

/** Columns beside each other of one speaker, and either all the template's or not. */
export interface Band {
  role: Token["role"];
  marker: boolean;
  /** Columns: half-open. */
  columns: Span;
}

/** Who speaks along the axis; a column is the template's where all of its tokens are. */
export function bandsOf(tokens: readonly Token[], spans: readonly Span[]): Band[] {
  const bands: Band[] = [];
  spans.forEach(({ from, to }, column) => {
    const own = tokens.slice(from, to);
    const marker = own.every((token) => token.marker);
    const role = (own.find((token) => !token.marker) ?? own[0])?.role ?? "text";
    const last = bands.at(-1);
    if (last && last.role === role && last.marker === marker) last.columns.to = column + 1;
    else bands.push({ role, marker, columns: { from: column, to: column + 1 } });
  });
  return bands;
}

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

/** Positions that are named along the axis, each with its column: round ones, `apart` columns or more between them. */
export function ticksOf({ spans, perColumn }: Grid, apart: number): { pos: number; column: number }[] {
  const step = STEPS.find((one) => one / perColumn >= apart) ?? 10_000;
  return spans.flatMap(({ from, to }, column) => {
    const pos = Math.ceil(from / step) * step;
    return pos < to ? [{ pos, column }] : [];
  });
}

const MOST = 24;

/** `layer 12, token 40 “ to”`, with what is special about the token. */
export function placeInWords({ layer, span }: GridCell, tokens: readonly Token[]): string {
  const own = tokens.slice(span.from, span.to);
  const text = visible(own.map((token) => token.text).join(""));
  const quoted = `“${text.length > MOST ? `${text.slice(0, MOST)}…` : text}”`;
  const facts = [
    own.length > 0 && own.every((token) => token.marker)
      ? own.length === 1
        ? "a template marker"
        : "template markers"
      : "",
    span.from === 0 ? "with the first token of all" : "",
  ].filter(Boolean);
  return [`layer ${layer}, ${spanInWords(span)} ${quoted}`, ...facts].join(", ");
}

/** `+0.31 nats promoted, −0.12 held back`. */
export function amountsInWords({ promoted, hindered }: { promoted: number; hindered: number }): string {
  return `${signed(promoted)} nats promoted, ${signed(hindered)} held back`;
}

export function partOf({ layer, span }: GridCell): string {
  return formatPart({ layer, span });
}
