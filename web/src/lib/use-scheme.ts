import { useSyncExternalStore } from "react";

const QUERY = "(prefers-color-scheme: dark)";

function subscribe(changed: () => void): () => void {
  const list = matchMedia(QUERY);
  list.addEventListener("change", changed);
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => {
    list.removeEventListener("change", changed);
    observer.disconnect();
  };
}

/** The theme that shows, for what is painted and does not follow the style sheet by itself. */
export function useScheme(): string {
  return useSyncExternalStore(
    subscribe,
    () => document.documentElement.dataset.theme ?? (matchMedia(QUERY).matches ? "dark" : "light"),
  );
}
