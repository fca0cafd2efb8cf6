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
  sending: boolean;
}

/** One turn at a time is edited; what was typed into any stays until it is answered or given up. */
export function useEditing({ save, stop, busy, waiting }: Edits) {
  const [open, setOpen] = useState<Open | null>(null);
  const [texts, setTexts] = useState<ReadonlyMap<string, string>>(new Map());
  const keep = (key: string, text: string): void => setTexts((now) => new Map(now).set(key, text));
  const end = (key: string): void => {
    setOpen((now) => (now?.key === key ? null : now));
    setTexts((now) => new Map([...now].filter(([one]) => one !== key)));
  };
  const text = (open && texts.get(open.key)) ?? "";
  return {
    open: open && { ...open, text },
    busy,
    waiting,
    begin: (key: string, was: string): void => {
      setOpen({ key, sending: false });
      if (!texts.has(key)) keep(key, was);
    },
    type: (next: string): void => {
      if (open) keep(open.key, next);
    },
    cancel: (): void => {
      if (!open) return;
      if (open.sending) stop();
      end(open.key);
    },
    save: (turn: Turn): void => {
      if (!open) return;
      setOpen({ ...open, sending: true });
      save(turn, text).then(
        () => end(open.key),
        () => setOpen((now) => (now?.key === open.key ? { ...now, sending: false } : now)),
      );
    },
  };
}

export type Editing = ReturnType<typeof useEditing>;
