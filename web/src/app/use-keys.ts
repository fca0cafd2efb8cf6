import { useEffect, useEffectEvent } from "react";
import { FIELD } from "@/features/search/components/search-panel";
import { go, parseView } from "@/lib/view-state";

/** A sheet that takes the page's place, as long as it is open. */
const MODAL = "[data-modal]";
const FIELDS = "input, textarea, select";
/** Where the browser itself undoes what was typed. */
const TEXT_FIELDS = "textarea, input:not([type='checkbox'], [type='radio']), [contenteditable]";

/** Opens the search, or goes back to it where it is open. */
export function openSearch(): void {
  go({ find: parseView(location.search).find ?? "", card: null, pane: "why" });
  requestAnimationFrame(() => document.getElementById(FIELD)?.focus());
}

interface Keys {
  help: () => void;
  /** Missing where there is nothing to undo. */
  undo: (() => void) | undefined;
  redo: (() => void) | undefined;
}

/**
 * Keys that hold everywhere but where one types, and under a modal sheet: `/` searches, `?` opens the help, Ctrl+Z and Ctrl+Shift+Z take changes
 * back and again, Esc lets go of the tokens chosen where nothing else has it.
 */
export function useKeys({ help, undo, redo }: Keys): void {
  const press = useEffectEvent((event: KeyboardEvent): void => {
    if (event.altKey || event.defaultPrevented || document.querySelector(MODAL)) return;
    const target = event.target instanceof Element ? event.target : null;
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() !== "z" || target?.matches(TEXT_FIELDS)) return;
      event.preventDefault();
      (event.shiftKey ? redo : undo)?.();
    } else if (event.key === "Escape" && target === document.body) go({ span: null }, "replace");
    else if (target?.matches(FIELDS)) return;
    else if (event.key === "?") help();
    else if (event.key === "/") {
      event.preventDefault();
      openSearch();
    }
  });
  useEffect(() => {
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
