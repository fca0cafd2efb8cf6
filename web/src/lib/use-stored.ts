import { useCallback, useState, useSyncExternalStore } from "react";

const CHANGED = "pellucid:stored";

/**
 * `browser`: kept for good and in every tab; `tab`: as long as the tab is open; `own`: the tab's own too, but it begins
 * with what was chosen last in this browser.
 */
type Reach = "browser" | "tab" | "own";

/** What storage refused to take, or to give: it then lasts as long as the page. */
const unstored = new Map<string, string | null>();

function areaOf(reach: Reach): Storage {
  return reach === "browser" ? localStorage : sessionStorage;
}

function nameOf(key: string, reach: Reach): string {
  return `${reach === "browser" ? "browser" : "tab"} ${key}`;
}

function read(key: string, reach: Reach): string | null {
  const kept = unstored.get(nameOf(key, reach));
  if (kept !== undefined) return kept;
  try {
    return areaOf(reach).getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, reach: Reach, next: string | null): void {
  const name = nameOf(key, reach);
  try {
    if (next === null) areaOf(reach).removeItem(key);
    else areaOf(reach).setItem(key, next);
    unstored.delete(name);
  } catch {
    unstored.set(name, next);
  }
}

/** Gives the tab the browser's value to begin with, once. */
function seed(key: string): void {
  const last = read(key, "browser");
  if (last !== null && read(key, "tab") === null) write(key, "tab", last);
}

function subscribe(changed: () => void): () => void {
  addEventListener("storage", changed);
  addEventListener(CHANGED, changed);
  return () => {
    removeEventListener("storage", changed);
    removeEventListener(CHANGED, changed);
  };
}

/** What is kept in this browser, or in this tab alone; `parse` turns what is stored, or null, into a value. */
export function useStored<T>(
  key: string,
  parse: (text: string | null) => T,
  reach: Reach = "browser",
): [T, (text: string | null) => void] {
  useState(() => reach === "own" && seed(key));
  const text = useSyncExternalStore(subscribe, () => read(key, reach));
  const store = useCallback(
    (next: string | null) => {
      write(key, reach, next);
      if (reach === "own") write(key, "browser", next);
      dispatchEvent(new Event(CHANGED));
    },
    [key, reach],
  );
  return [parse(text), store];
}
