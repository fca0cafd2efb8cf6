import { memo } from "react";
import type { Token } from "@/api/types";
import type { Cell } from "@/lib/cells";
import { glyphOf } from "@/lib/cells";
import { visible } from "@/lib/format";
import type { Mark } from "@/lib/interventions";
import { usePointing } from "@/lib/pointing";
import { surprise } from "@/lib/probability";

export const FACTS_ID = "token-facts";

interface Props {
  run: string;
  cell: Cell;
  selected: boolean;
  changed: boolean;
  /** Its probability is another in the answer beside this one. */
  moved: "up" | "down" | null;
  /** The model was changed here, and how. */
  steered: Mark | null;
  /** It was given to the answer to begin with: the model did not write it. */
  given: boolean;
  /** It is among the tokens chosen as the place of a change. */
  spanned: boolean;
  /** The one token of its group that the Tab key reaches. */
  home: boolean;
}

/** One token as text: it wraps, selects and copies like the letters it is. Pointers, keys and lights are its group's work. */
export const TokenView = memo(function TokenView(props: Props) {
  const { run, cell, selected, changed, moved, steered, given, spanned, home } = props;
  const { token, parts, text } = cell;
  const here = (place: { run: string; pos: number } | null): boolean =>
    place?.run === run && parts.some((part) => part.pos === place.pos);
  const hovered = usePointing((state) => here(state.at));
  const flag = (on: boolean): "" | undefined => (on ? "" : undefined);
  const glyph = glyphOf(text);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <button> cannot be selected and copied as text
    <span
      role="button"
      tabIndex={home ? 0 : -1}
      aria-pressed={selected}
      aria-label={glyph || text === "" ? nameOf(text) : undefined}
      aria-describedby={hovered ? FACTS_ID : undefined}
      className="token"
      data-run={run}
      data-pos={token.pos}
      data-from={parts.length > 1 ? parts[0]?.pos : undefined}
      data-marker={flag(token.marker)}
      data-selected={flag(selected)}
      data-changed={flag(changed)}
      data-moved={moved === null || text.endsWith("\n") ? undefined : MOVED[moved]}
      data-steered={steered ?? undefined}
      data-given={flag(given)}
      data-span={flag(spanned)}
      data-hovered={flag(hovered)}
      data-surprise={surpriseOf(parts) || undefined}
      data-glyph={glyph ?? undefined}
      data-parts={parts.length > 1 ? ticks(parts.length - 1) : undefined}
      dir={token.marker ? "ltr" : undefined}
    >
      {text}
    </span>
  );
});

/** Drawn behind the text; not behind a line break, where it would stand on a line of its own. */
const MOVED = { up: "\u2191", down: "\u2193" } as const;

/** A tick for each, or their number where that would be a row of them. */
function ticks(n: number): string {
  return n > 3 ? `${n}\u2032` : "\u2032".repeat(n);
}

/** A character surprises as much as the most surprising of its tokens. */
function surpriseOf(parts: readonly Token[]): number {
  return Math.max(...parts.map((part) => surprise(part.logprob)));
}

/** What a token is called aloud: its text, or a word for what cannot be seen. */
export function nameOf(text: string): string {
  if (text === "") return "part of a character";
  if (glyphOf(text) === null) return text;
  if (text.includes("\n")) return text.split("\n").length > 2 ? "line breaks" : "line break";
  return text.trim() === "" ? "space" : visible(text);
}
