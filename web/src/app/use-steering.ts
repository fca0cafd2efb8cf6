import { useLayoutEffect, useMemo, useRef, useState } from "react";
import {
  type Change,
  changesOf,
  countUnread,
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
  type Step,
  stepInWords,
  stepped,
  undone,
  upTo,
} from "@/features/steering/model/history";
import { useStored } from "@/lib/use-stored";
import { go, parseView, useView, type View } from "@/lib/view-state";

/**
 * The changes for the next answer: kept in the address, so that a link brings them along. What can be undone is kept in
 * the tab. An answer that was waited for may come late: an edit begins with the changes that there are by then.
 */
export function useSteering() {
  const view = useView();
  const { steer, span } = view;
  const changes = useMemo(() => parseChanges(steer), [steer]);
  const interventions = useMemo(() => toInterventions(changes), [changes]);
  const [stored, store] = useStored("pellucid.steps", parseHistory, "tab");
  const latest = useRef(stored);
  useLayoutEffect(() => {
    latest.current = stored;
  });
  const history = historyOf(stored, view);
  const [said, say] = useState("");
  const now = (): History => historyOf(latest.current, parseView(location.search));
  const turnTo = (next: History): void => {
    latest.current = next;
    store(JSON.stringify(next));
    go({ steer: next.present }, "replace");
  };
  /** `typing` names the field where the change is one of several keystrokes. */
  const edit = (make: (now: readonly Change[]) => readonly Change[], typing: string | null = null): void => {
    const before = now();
    turnTo(stepped(before, formatChanges(make(parseChanges(before.present))), typing));
  };
  const step = (how: "Undone" | "Redone", turn: (history: History) => History | null): Step | null => {
    const next = turn(history);
    if (!next) return null;
    const [from, to] = how === "Undone" ? [next, history] : [history, next];
    const what = stepInWords(from.present, to.present);
    const take = (): void => {
      turnTo(turn(now()) ?? now());
      say(`${how}: ${what}`);
    };
    return { what, take };
  };
  return {
    changes,
    interventions,
    /** Parts of the address that stand where changes do and are none. */
    unread: countUnread(steer),
    /** The tokens chosen as the place of a change. */
    chosen: span,
    edit,
    set: (next: readonly Change[]) => edit(() => next),
    add: (change: Change) => edit((all) => withChange(all, change)),
    remove: (change: Change) => edit((all) => withoutChange(all, change)),
    of: (features: readonly string[], name?: string) => changesOf(changes, features, name),
    /** The last step taken back or again, for those who do not see it. */
    said,
    undo: step("Undone", undone),
    redo: step("Redone", redone),
  };
}

function historyOf(stored: History | null, { conversation, steer }: View): History {
  return upTo(stored ?? begun(conversation, steer), conversation, steer);
}
