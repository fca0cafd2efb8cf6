import { memo } from "react";
import type { Cell } from "@/lib/cells";
import { glyphOf } from "@/lib/cells";
import { visible } from "@/lib/format";
import { usePointing } from "@/lib/pointing";
import { surprise } from "@/lib/probability";

export const FACTS_ID = "token-facts";

interface Props {
  run: string;
  cell: Cell;
  selected: boolean;
  changed: boolean;
  /** The model was changed here: by suppressing or by setting. */
  steered: "suppress" | "set" | null;
  /** The one token of its group that the Tab key reaches. */
  home: boolean;
}

/** One token as text: it wraps, selects and copies like the letters it is. Pointers and keys are its group's work. */
export const TokenView = memo(function TokenView({ run, cell, selected, changed, steered, home }: Props) {
  const { token, parts } = cell;
  const here = (place: { run: string; pos: number } | null): boolean =>
    place?.run === run && parts.some((part) => part.pos === place.pos);
  const hovered = usePointing((state) => here(state.at));
  const lit = usePointing((state) => here(state.lit));
  const flag = (on: boolean): "" | undefined => (on ? "" : undefined);
  const glyph = glyphOf(token.text);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <button> cannot be selected and copied as text
    <span
      role="button"
      tabIndex={home ? 0 : -1}
      aria-pressed={selected}
      aria-label={glyph || token.text === "" ? nameOf(token.text) : undefined}
      aria-describedby={hovered ? FACTS_ID : undefined}
      className="token"
      data-run={run}
      data-pos={token.pos}
      data-marker={flag(token.marker)}
      data-selected={flag(selected)}
      data-changed={flag(changed)}
      data-steered={steered ?? undefined}
      data-lit={flag(lit)}
      data-hovered={flag(hovered)}
      data-surprise={surprise(token.logprob) || undefined}
      data-glyph={glyph ?? undefined}
      data-parts={parts.length > 1 ? "\u2032".repeat(parts.length - 1) : undefined}
    >
      {token.text}
    </span>
  );
});

function nameOf(text: string): string {
  if (text === "") return "part of a character";
  if (text.includes("\n")) return text.split("\n").length > 2 ? "line breaks" : "line break";
  return text.trim() === "" ? "space" : visible(text);
}
