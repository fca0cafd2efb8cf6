import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { Fired, SearchResult } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { ProblemNote } from "@/components/ui/problem-note";
import { ProgressLine } from "@/components/ui/progress-line";
import { TokenName } from "@/components/ui/token-name";
import { useFiring } from "@/features/search/api/find-firing";
import { useSearch } from "@/features/search/api/search-features";
import { SearchFilters } from "@/features/search/components/search-filters";
import { SearchHit } from "@/features/search/components/search-hit";
import { useFilters } from "@/features/search/components/use-filters";
import { type By, FIRST, featuresIn, leftOutInWords, MAX_QUERY, MOST } from "@/features/search/model/filters";
import { count, plain, plural } from "@/lib/format";
import { problemOf } from "@/lib/problem";
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
}

/** Features found by what they fire on or promote, as one types. The arrows walk the hits, Enter opens a card. */
export function SearchPanel({ text, layers, actions }: Props) {
  const [typed, setTyped] = useState(text);
  const [k, setK] = useState(FIRST);
  const { filters, change } = useFilters();
  const byText = filters.by === "text";
  const rested = useDebounced(typed, byText ? READ_MS : REST_MS);
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
    if (event.key === "Escape") {
      event.stopPropagation();
      if (document.activeElement === field.current) close();
      else field.current?.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (event.target instanceof HTMLSelectElement || !panel.current) return;
      event.preventDefault();
      step(panel.current, field.current, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && event.target === field.current && data?.hits[0] && !isPlaceholderData) {
      event.preventDefault();
      go({ card: data.hits[0].id, pane: "why" });
    }
  };
  const asked = rested.trim() !== "";
  return (
    <search ref={panel} aria-label="Features" className="@container block" data-own-escape onKeyDown={press}>
      <div className="sticky top-0 z-10 border-rule border-b bg-paper px-4 pt-2 pb-2">
        <div className="flex items-center gap-1">
          <span className="flex min-w-0 flex-1 items-center gap-2 rounded-sm border border-edge px-2 focus-within:border-ink">
            <span className="text-muted">
              <Icon name="search" />
            </span>
            <input
              ref={field}
              id={FIELD}
              type="text"
              autoComplete="off"
              spellCheck={false}
              value={typed}
              maxLength={MAX_QUERY}
              aria-label="Search features"
              aria-describedby="search-keys"
              placeholder={PLACEHOLDERS[filters.by]}
              onChange={(event) => {
                setTyped(event.target.value);
                setK(FIRST);
              }}
              className="min-h-8 w-full min-w-0 bg-transparent outline-none placeholder:text-muted"
            />
          </span>
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
          onShow={() => change({ all: true })}
        />
      )}
      {asked && byText && read.data && !error && (
        <FoundFiring
          result={read.data}
          stale={isPlaceholderData}
          actions={actions}
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

interface FoundProps {
  result: SearchResult;
  /** Ids, where features like these were looked for. */
  like: readonly string[];
  output: boolean;
  stale: boolean;
  actions: Props["actions"];
  onShow: () => void;
}

function Found({ result, like, output, stale, actions, onShow }: FoundProps) {
  const { hits, filtered, uninteresting_above: above, notes } = result;
  const weak = hits.findIndex((hit) => hit.weak);
  const close = weak < 0 ? hits : hits.slice(0, weak);
  const far = weak < 0 ? [] : hits.slice(weak);
  const list = (name: string, some: typeof hits) => (
    <ul aria-label={name} aria-busy={stale} className={stale ? "opacity-60" : ""}>
      {some.map((hit) => (
        <SearchHit key={hit.id} hit={hit} promotes={output ? hit.output : null} actions={actions(hit.id)} />
      ))}
    </ul>
  );
  return (
    <>
      <p role="status" className="sr-only">
        {plural(close.length, "feature")} found
      </p>
      {like.length > 0 && (
        <p className="px-4 pt-1 text-muted">
          Like {like.length === 1 ? like[0] : `these ${like.length} features`}, by{" "}
          {output ? "what they promote" : "their descriptions"}; the score counts too.
        </p>
      )}
      {notes.map((note) => (
        <p key={note} className="px-4 pt-1 text-muted first-letter:uppercase">
          {note}
        </p>
      ))}
      {close.length > 0 && list("Features found, best first", close)}
      {close.length === 0 && (
        <p className="px-4 pt-2 pb-1">
          <span className="font-semibold">Nothing much like it.</span>{" "}
          <span className="text-muted">
            Other words may find it{filtered.uninteresting > 0 && ", or what is hidden"}.
          </span>
        </p>
      )}
      {far.length > 0 && (
        <>
          <h3 className="bg-panel px-4 py-1 text-muted">
            {close.length > 0 ? "From here on little like what you typed" : "The nearest, little like what you typed"}
          </h3>
          {list("Features little like it", far)}
        </>
      )}
      <div className="grid gap-1.5 px-4 pt-2 pb-4">
        {filtered.uninteresting > 0 && (
          <Hidden onShow={onShow}>
            {above > 0
              ? `${count(above)} that would stand among these are hidden because they say little`
              : `${count(filtered.uninteresting)} hidden because they say little; none would stand among these`}
          </Hidden>
        )}
        <p className="text-muted">{leftOutInWords(result, output)}</p>
      </div>
    </>
  );
}

interface FiringProps extends Pick<FoundProps, "stale" | "actions" | "onShow"> {
  result: Fired;
}

function FoundFiring({ result, stale, actions, onShow }: FiringProps) {
  const { hits, tokens, scale, uninteresting_above: above } = result;
  return (
    <>
      <p role="status" className="px-4 pt-1 text-muted">
        {plural(hits.length, "feature")} that {hits.length === 1 ? "fires" : "fire"} most in it. Numbers are {scale}.
      </p>
      <ul aria-label="Features that fire most, strongest first" aria-busy={stale} className={stale ? "opacity-60" : ""}>
        {hits.map((hit) => (
          <SearchHit
            key={hit.id}
            hit={hit}
            note={
              <span>
                {" "}
                · <span className="text-ink">{plain(hit.normalised)} ×</span> at{" "}
                <TokenName text={tokens[hit.pos]?.text ?? ""} />
              </span>
            }
            actions={actions(hit.id)}
          />
        ))}
      </ul>
      {above > 0 && (
        <div className="px-4 pt-2 pb-4">
          <Hidden onShow={onShow}>
            {`${count(above)} that would stand among these are hidden because they say little`}
          </Hidden>
        </div>
      )}
    </>
  );
}

function Hidden({ children, onShow }: { children: ReactNode; onShow: () => void }) {
  return (
    <p>
      {children}
      {" — "}
      <button type="button" onClick={onShow} className="underline decoration-edge underline-offset-[0.25em]">
        show
      </button>
    </p>
  );
}

function Empty({ by }: { by: By }) {
  return (
    <p className="max-w-[34rem] px-4 py-3 text-muted">
      {by === "text"
        ? "Type or paste a text: the model reads it, and the features that fire most strongly in it are listed, each with the token where."
        : "Type what features may fire on: a kind of word, a topic, a place in the text; or ids of features, to find others like these. Each has a score, how well its description predicts what it does."}
    </p>
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
