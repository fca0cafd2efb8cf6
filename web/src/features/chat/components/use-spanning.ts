import { useRef } from "react";
import { type Chosen, chosenIn } from "@/features/chat/components/token-elements";
import { around, holds } from "@/lib/span";

/** Choosing a range of tokens: it grows from the token it was begun at, within one answer, while it is what is chosen. */
export function useSpanning(chosen: Chosen | null, onSpan: (chosen: Chosen) => void) {
  const begun = useRef<Chosen | null>(null);
  return {
    /** Chooses what lies between `to` and where the range was begun, which is `from` unless it has been. */
    extend(from: Element | null, to: Element): void {
      const end = chosenIn(to);
      if (!end) return;
      const starts = [begunIn(chosen, begun.current), from && chosenIn(from)];
      const start = starts.find((one) => one?.run === end.run) ?? end;
      begun.current = start;
      onSpan({ run: end.run, span: around(start.span, end.span) });
    },
    /** The next range begins anew. */
    drop(): void {
      begun.current = null;
    },
  };
}

/** Where the range that is chosen was begun; null where it was begun elsewhere, or let go of. */
function begunIn(chosen: Chosen | null, begun: Chosen | null): Chosen | null {
  return begun && chosen?.run === begun.run && holds(chosen.span, begun.span.from) ? begun : null;
}
