import { type RefObject, useEffect, useRef } from "react";

/**
 * Once something that was open is gone, the focus goes to `home`, which is where it came from, unless it is somewhere
 * else by then.
 */
export function useFocusBack(open: boolean, home: RefObject<HTMLElement | null>): void {
  const was = useRef(open);
  useEffect(() => {
    const closed = was.current && !open;
    was.current = open;
    if (!closed) return;
    // Not at once: what is left by a click or the Tab key closes before the focus is where it goes.
    const timer = setTimeout(() => {
      // On nothing, or on a sheet that takes what is on nothing within it.
      const nowhere = document.activeElement?.contains(home.current) ?? true;
      if (nowhere) home.current?.focus({ preventScroll: true });
    });
    return () => clearTimeout(timer);
  }, [open, home]);
}
