import { useCallback, useSyncExternalStore } from "react";

const CHANGED = "pellucid:stored";

/** `browser`: kept for good and in every tab; `tab`: as long as the tab is open. */
type Reach = "browser" | "tab";

function areaOf(reach: Reach): Storage {
  return reach === "browser" ? localStorage : sessionStorage;
}

function read(key: string, reach: Reach): string | null {
  try {
    return areaOf(reach).getItem(key);
  } catch {
    return null;
  }
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
  const text = useSyncExternalStore(subscribe, () => read(key, reach));
  const write = useCallback(
    (next: string | null) => {
      try {
        if (next === null) areaOf(reach).removeItem(key);
        else areaOf(reach).setItem(key, next);
      } catch {
        // Storage may be refused: the preference then lasts as long as the page's default.
      }
      dispatchEvent(new Event(CHANGED));
    },
    [key, reach],
  );
  return [parse(text), write];
}
