import { useEffect, useLayoutEffect, useRef } from "react";

/** Where one was before a card opened: how far the list was scrolled, and what had the focus. */
export function useReturning(card: string | null) {
  const frame = useRef<HTMLDivElement>(null);
  const shown = useRef<string | null>(null);
  const scrolled = useRef(new Map<HTMLElement, number>());
  const left = useRef<Element | null>(null);
  useEffect(() => {
    const scroller = scrollerOf(frame.current);
    const note = ({ target }: Event): void => {
      if (shown.current === null && target instanceof HTMLElement) noteScroll(scrolled.current, target);
    };
    // Captured, since what scrolls within tells nobody above it.
    const how = { passive: true, capture: true };
    scroller?.addEventListener("scroll", note, how);
    return () => scroller?.removeEventListener("scroll", note, how);
  }, []);
  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = card;
    if (card === before) return;
    const scroller = scrollerOf(frame.current);
    if (card !== null) {
      if (before === null) left.current = document.activeElement;
      scroller?.scrollTo(0, 0);
      return;
    }
    scroller?.scrollTo(0, 0);
    for (const [element, top] of scrolled.current) element.scrollTo(0, top);
    const link = frame.current?.querySelector<HTMLElement>(`[data-card^="${CSS.escape(before ?? "")}@"]`);
    const home = left.current instanceof HTMLElement && frame.current?.contains(left.current) ? left.current : link;
    home?.focus({ preventScroll: true });
  }, [card]);
  return frame;
}

/** Notes how far something is scrolled, and forgets what is no longer on the page. */
export function noteScroll(scrolled: Map<HTMLElement, number>, element: HTMLElement): void {
  if (!scrolled.has(element)) for (const other of scrolled.keys()) if (!other.isConnected) scrolled.delete(other);
  scrolled.set(element, element.scrollTop);
}

function scrollerOf(element: HTMLElement | null): HTMLElement | null {
  for (let at = element?.parentElement; at; at = at.parentElement)
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  return null;
}
