import { useEffect, useRef } from "react";

/** Whether a pointer that was pressed here is still held down; it may be let go of anywhere on the page. */
export function usePressed() {
  const held = useRef<AbortController | null>(null);
  const release = (): void => {
    held.current?.abort();
    held.current = null;
  };
  useEffect(() => () => held.current?.abort(), []);
  return {
    is: (): boolean => held.current !== null,
    press: (): void => {
      release();
      held.current = new AbortController();
      for (const end of ["pointerup", "pointercancel"]) addEventListener(end, release, { signal: held.current.signal });
    },
  };
}
