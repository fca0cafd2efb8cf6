import { type RefObject, useEffect, useRef } from "react";

/** For a field that a press has opened: it has the focus once it is there, its text selected. */
export function useFocused(): RefObject<HTMLInputElement | null> {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  return field;
}
