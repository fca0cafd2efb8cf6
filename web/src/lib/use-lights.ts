import { type RefObject, useEffect } from "react";
import { type Lit, usePointing } from "@/lib/pointing";

/**
 * Draws what is lit onto the tokens within `root`, as attributes of single elements: `data-lit` where something
 * stands, `data-fires` with `--depth` where it fires. No token is rendered for it.
 */
export function useLights(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let drawn: readonly HTMLElement[] = [];
    return usePointing.subscribe(({ lit }, before) => {
      if (lit === before.lit) return;
      for (const element of drawn) clear(element);
      drawn = root.current && lit ? draw(root.current, lit) : [];
    });
  }, [root]);
}

function draw(root: HTMLElement, { run, at, fires }: Lit): HTMLElement[] {
  const drawn: HTMLElement[] = [];
  for (const element of root.querySelectorAll<HTMLElement>(`.token[data-run="${CSS.escape(run)}"]`)) {
    const [from, to] = [Number(element.dataset.from ?? element.dataset.pos), Number(element.dataset.pos)];
    const stands = at.some((pos) => pos >= from && pos <= to);
    let depth = 0;
    for (let pos = from; pos <= to; pos++) depth = Math.max(depth, fires.get(pos) ?? 0);
    if (stands) element.dataset.lit = "";
    if (depth > 0) {
      element.dataset.fires = "";
      element.style.setProperty("--depth", depth.toFixed(3));
    }
    if (stands || depth > 0) drawn.push(element);
  }
  return drawn;
}

function clear(element: HTMLElement): void {
  delete element.dataset.lit;
  delete element.dataset.fires;
  element.style.removeProperty("--depth");
}
