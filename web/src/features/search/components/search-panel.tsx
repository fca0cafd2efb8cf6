import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { ProblemNote } from "@/components/ui/problem-note";
import { ProgressLine } from "@/components/ui/progress-line";
import { SearchField } from "@/components/ui/search-field";
import { useFiring } from "@/features/search/api/find-firing";
import { useSearch } from "@/features/search/api/search-features";
import { SearchFilters } from "@/features/search/components/search-filters";
import { Empty, Found, FoundFiring } from "@/features/search/components/search-results";
import { useFilters } from "@/features/search/components/use-filters";
import { type By, FIRST, featuresIn, heldInWords, MAX_QUERY, MOST, nameOf } from "@/features/search/model/filters";
import { count } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { moveOf } from "@/lib/roving";
import { useDebounced } from "@/lib/use-debounced";
import { go } from "@/lib/view-state";

/** Where the key that opens the search leads. */
export const FIELD = "feature-search";
const REST_MS = 160;
/** The model reads the text for it, so it waits until one has stopped typing. */
const READ_MS = 700;
const PLACEHOLDERS: Record<By, string> = {
  fires: "months of the year, closing brackets, French…",
  output: "months of the year, closing brackets, French…",
  text: "The cat sat on the mat.",
};

interface Props {
  /** What is searched for, as the address has it. */
  text: string;
  /** How many layers the model has. */
  layers: number | null;
  /** What steering offers for one feature. */
  actions: (id: string) => ReactNode;
  /** What it offers for what was found together, and what that is called. */
  together: (ids: readonly string[], name: string) => ReactNode;
}

/** Features found by what they fire on or promote, as one types. The arrows walk the hits, Enter opens a card. */
export function SearchPanel({ text, layers, actions, together }: Props) {
  const [typed, setTyped] = useState(text);
  const [told, setTold] = useState(text);
  const [k, setK] = useState(FIRST);
  const { filters, change } = useFilters();
  const byText = filters.by === "text";
  const rested = useDebounced(typed, byText ? READ_MS : REST_MS);
  if (text !== told) {
    setTold(text);
    // Another query in the address, as of a link or of the browser's way back.
    if (text !== rested) {
      setTyped(text);
      setK(FIRST);
    }
  }
  const meant = useSearch(rested, filters, k);
  const read = useFiring(rested, filters, k);
  const { data, error, isFetching, isPlaceholderData } = byText ? read : meant;
  const panel = useRef<HTMLElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const home = useRef<Element | null>(null);
  useEffect(() => {
    if (document.activeElement !== field.current) home.current = document.activeElement;
    field.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => go({ find: rested }, "replace"), [rested]);
  const close = (): void => {
    go({ find: null });
    if (home.current instanceof HTMLElement) home.current.focus({ preventScroll: true });
  };
  const press = (event: KeyboardEvent): void => {
    const move = moveOf(event);
    if (event.key === "Escape") {
      event.stopPropagation();
      if (document.activeElement === field.current) close();
      else field.current?.focus();
    } else if (move === "ArrowDown" || move === "ArrowUp") {
      if (event.target instanceof HTMLSelectElement || !panel.current) return;
      event.preventDefault();
      step(panel.current, field.current, move === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && event.target === field.current && data?.hits[0]) {
      event.preventDefault();
      // What is shown may still be what was found for something else.
      if (typed === rested && !isPlaceholderData) go({ card: data.hits[0].id, pane: "why" });
    }
  };
  const asked = rested.trim() !== "";
  const all = (ids: readonly string[]): ReactNode => together(ids, nameOf(rested, filters.by));
  return (
    <search ref={panel} aria-label="Features" className="@container block" data-own-escape onKeyDown={press}>
      <div className="sticky top-0 z-10 border-rule border-b bg-paper px-4 pt-2 pb-2">
        <div className="flex items-center gap-1">
          <SearchField
            ref={field}
            id={FIELD}
            label="Search features"
            value={typed}
            maxLength={MAX_QUERY}
            aria-describedby="search-keys"
            placeholder={PLACEHOLDERS[filters.by]}
            onChange={(next) => {
              setTyped(next);
              setK(FIRST);
            }}
          />
          <Button look="bare" className="-mr-2" aria-label="Close the search" onClick={close}>
            <Icon name="close" />
          </Button>
        </div>
        <span id="search-keys" className="sr-only">
          The down arrow goes to what was found, Enter opens a card, Escape closes the search
        </span>
        <div className="mt-1.5">
          <SearchFilters layers={layers} />
        </div>
        {typed.length >= MAX_QUERY && (
          <p className="mt-1 text-muted">Only the first {count(MAX_QUERY)} characters are read.</p>
        )}
      </div>
      <div className="h-1">
        {asked && isFetching && (
          <ProgressLine label={byText ? "The model reads the text" : "Searching"} done={null} total={null} />
        )}
      </div>
      {error && (
        <div className="px-4 py-3">
          <ProblemNote problem={problemOf(error)} />
        </div>
      )}
      {!asked && <Empty by={filters.by} />}
      {asked && !byText && meant.data && !error && (
        <Found
          result={meant.data}
          like={featuresIn(rested)}
          output={filters.by === "output"}
          stale={isPlaceholderData}
          actions={actions}
          together={all}
          onShow={() => change({ all: true })}
        />
      )}
      {asked && byText && read.data && !error && (
        <FoundFiring
          result={read.data}
          held={heldInWords(filters)}
          stale={isPlaceholderData}
          actions={actions}
          together={all}
          onShow={() => change({ all: true })}
        />
      )}
      {asked && data && !error && data.hits.length >= k && k < MOST && (
        <div className="px-4 pb-4">
          <Button onClick={() => setK(Math.min(MOST, k + FIRST))}>Show {FIRST} more</Button>
        </div>
      )}
    </search>
  );
}

/** Moves from the field to the hits and along them; above the first one is the field again. */
function step(panel: HTMLElement, field: HTMLInputElement | null, by: 1 | -1): void {
  const links = [...panel.querySelectorAll<HTMLElement>("li a[data-card]")];
  const row = document.activeElement?.closest("li");
  const now = row ? links.findIndex((link) => row.contains(link)) : -1;
  const next = now + by;
  const target = next < 0 ? field : links[Math.min(next, links.length - 1)];
  target?.focus({ preventScroll: true });
  target?.closest("li")?.scrollIntoView({ block: "nearest" });
}
