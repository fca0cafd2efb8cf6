import { useState } from "react";
import type { Turn } from "@/api/types";

/** What of a conversation can be edited, and how that is asked. */
export interface Edits {
  /** Resolves once the answer begins; rejects where it never does. */
  save: (turn: Turn, text: string) => Promise<void>;
  /** Gives up what was sent and is not answered yet. */
  stop: () => void;
  /** Why nothing can be sent now; null where it can. */
  waiting: string | null;
  /** An answer is on its way: nothing else can be begun. */
  busy: boolean;
}

/** A turn that is being edited. */
interface Open {
  /** The turn's id, or of an answer looked at the run's: there may be two side by side. */
  key: string;
  text: string;
  sending: boolean;
}

/** One turn at a time is edited; what was typed stays until it is answered or given up. */
export function useEditing({ save, stop, busy, waiting }: Edits) {
  const [open, setOpen] = useState<Open | null>(null);
  const close = (key: string): void => setOpen((now) => (now?.key === key ? null : now));
  return {
    open,
    busy,
    waiting,
    begin: (key: string, text: string): void => setOpen({ key, text, sending: false }),
    type: (text: string): void => setOpen((now) => now && { ...now, text }),
    cancel: (): void => {
      if (open?.sending) stop();
      setOpen(null);
    },
    save: (turn: Turn): void => {
      if (!open) return;
      setOpen({ ...open, sending: true });
      save(turn, open.text).then(
        () => close(open.key),
        () => setOpen((now) => (now?.key === open.key ? { ...now, sending: false } : now)),
      );
    },
  };
}

export type Editing = ReturnType<typeof useEditing>;
