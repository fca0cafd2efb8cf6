import { useRef } from "react";
import { type Chosen, chosenIn } from "@/features/chat/components/token-elements";
import { around } from "@/lib/span";

/** Choosing a range of tokens: it grows from the token it was begun at, within one answer. */
export function useSpanning(onSpan: (chosen: Chosen) => void) {
  const begun = useRef<Chosen | null>(null);
  return {
    /** Chooses what lies between `to` and where the range was begun, which is `from` unless it has been. */
    extend(from: Element | null, to: Element): void {
      const end = chosenIn(to);
      const start = begun.current ?? (from && chosenIn(from)) ?? end;
      if (!start || !end || start.run !== end.run) return;
      begun.current = start;
      onSpan({ run: end.run, span: around(start.span, end.span) });
    },
    /** The next range begins anew. */
    drop(): void {
      begun.current = null;
    },
  };
}
