import { useMemo, useState } from "react";
import {
  type Change,
  changesOf,
  formatChanges,
  parseChanges,
  toInterventions,
  withChange,
  withoutChange,
} from "@/features/steering/model/draft";
import {
  begun,
  type History,
  parseHistory,
  redone,
  stepInWords,
  stepped,
  undone,
  upTo,
} from "@/features/steering/model/history";
import { useStored } from "@/lib/use-stored";
import { go, useView } from "@/lib/view-state";

/** A step that can be taken back, or again. */
export interface Step {
  /** What it did, in words. */
  what: string;
  take: () => void;
}

/**
 * The changes for the next answer: kept in the address, so that a link brings them along. What can be undone is kept in
 * the tab.
 */
export function useSteering() {
  const { steer, conversation, span } = useView();
  const changes = useMemo(() => parseChanges(steer), [steer]);
  const interventions = useMemo(() => toInterventions(changes), [changes]);
  const [stored, store] = useStored("pellucid.steps", parseHistory, "tab");
  const history = upTo(stored ?? begun(conversation, steer), conversation, steer);
  const [said, say] = useState("");
  const turnTo = (next: History): void => {
    store(JSON.stringify(next));
    go({ steer: next.present }, "replace");
  };
  /** `typing` names the field where the change is one of several keystrokes. */
  const set = (next: readonly Change[], typing: string | null = null): void =>
    turnTo(stepped(history, formatChanges(next), typing));
  const [back, forth] = [undone(history), redone(history)];
  const step = (how: string, next: History | null, from: string, to: string): Step | null => {
    if (!next) return null;
    const what = stepInWords(from, to);
    const take = (): void => {
      turnTo(next);
      say(`${how}: ${what}`);
    };
    return { what, take };
  };
  return {
    changes,
    interventions,
    /** The tokens chosen as the place of a change. */
    chosen: span,
    set,
    add: (change: Change) => set(withChange(changes, change)),
    remove: (change: Change) => set(withoutChange(changes, change)),
    of: (features: readonly string[]) => changesOf(changes, features),
    /** The last step taken back or again, for those who do not see it. */
    said,
    undo: step("Undone", back, back?.present ?? "", history.present),
    redo: step("Redone", forth, history.present, forth?.present ?? ""),
  };
}
