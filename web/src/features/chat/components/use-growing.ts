import { type RefObject, useLayoutEffect, useRef } from "react";

/** A text area as high as its text, up to `most` pixels. */
export function useGrowing(text: string, most: number): RefObject<HTMLTextAreaElement | null> {
  const field = useRef<HTMLTextAreaElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight, most)}px`;
  }, [text, most]);
  return field;
}
