import { type RefObject, useLayoutEffect, useState } from "react";

/** The width an element has, in CSS pixels; 0 until it is known. While it is hidden it keeps the width it had. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const watched = element.current;
    if (!watched) return;
    const measure = (): void => setWidth((width) => watched.clientWidth || width);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(watched);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
