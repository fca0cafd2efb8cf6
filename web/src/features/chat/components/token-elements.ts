import type { Place } from "@/lib/pointing";
import type { Span } from "@/lib/span";

/** Tokens of one run, as a range. */
export interface Chosen {
  run: string;
  span: Span;
}

function tokenOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(".token") : null;
}

/** The token an event is about; null beside the tokens. */
export function placeOf(target: EventTarget): Place | null {
  const { run, pos } = tokenOf(target)?.dataset ?? {};
  return run && pos ? { run, pos: Number(pos) } : null;
}

/** Pressed on a token, it edits the turn. */
export const EDIT_KEY = "e";

/** The button that edits the turn, or the one of two answers, that a token stands in. */
export function editButtonOf(target: EventTarget): HTMLElement | null {
  return tokenOf(target)?.closest("[data-answer], .turn")?.querySelector<HTMLElement>("[data-edit]") ?? null;
}

/** The tokens that an element draws as one. */
export function chosenIn(target: EventTarget): Chosen | null {
  const { run, pos, from } = tokenOf(target)?.dataset ?? {};
  return run && pos ? { run, span: { from: Number(from ?? pos), to: Number(pos) + 1 } } : null;
}

/** The element that draws a token, alone or as a part of a character. */
export function tokenElement(group: HTMLElement | null, { run, pos }: Place): HTMLElement | null {
  const drawn = `[data-run="${CSS.escape(run)}"]`;
  const alone = group?.querySelector<HTMLElement>(`${drawn}[data-pos="${pos}"]`);
  if (alone || !group) return alone ?? null;
  const several = [...group.querySelectorAll<HTMLElement>(`${drawn}[data-from]`)];
  return several.find(({ dataset }) => Number(dataset.from) <= pos && pos <= Number(dataset.pos)) ?? null;
}
