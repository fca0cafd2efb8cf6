import { useEffect } from "react";
import { FIELD } from "@/features/search/components/search-panel";
import { go, parseView } from "@/lib/view-state";

/** Opens the search, or goes back to it where it is open. */
export function openSearch(): void {
  go({ find: parseView(location.search).find ?? "", card: null, pane: "why" });
  requestAnimationFrame(() => document.getElementById(FIELD)?.focus());
}

/** Keys that hold everywhere but where one types: `/` searches, `?` opens the help. */
export function useKeys(help: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const typing = event.target instanceof Element && event.target.matches("input, textarea, select");
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "?") help();
      if (event.key !== "/") return;
      event.preventDefault();
      openSearch();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [help]);
}
