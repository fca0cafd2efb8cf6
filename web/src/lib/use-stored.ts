import { useCallback, useSyncExternalStore } from "react";

const CHANGED = "pellucid:stored";

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
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

/** A preference kept in this browser; `parse` turns what is stored, or null, into a value. */
export function useStored<T>(key: string, parse: (text: string | null) => T): [T, (text: string | null) => void] {
  const text = useSyncExternalStore(subscribe, () => read(key));
  const write = useCallback(
    (next: string | null) => {
      try {
        if (next === null) localStorage.removeItem(key);
        else localStorage.setItem(key, next);
      } catch {
        // Storage may be refused: the preference then lasts as long as the page's default.
      }
      dispatchEvent(new Event(CHANGED));
    },
    [key],
  );
  return [parse(text), write];
}
