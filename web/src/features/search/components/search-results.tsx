import type { ReactNode } from "react";
import type { Fired, SearchResult } from "@/api/types";
import { Explained } from "@/components/ui/explained";
import { FeatureLink } from "@/components/ui/feature-link";
import { TokenName } from "@/components/ui/token-name";
import { SearchHit } from "@/features/search/components/search-hit";
import { type By, leftOutInWords } from "@/features/search/model/filters";
import { count, plain, plural } from "@/lib/format";
import { SCORE_MEANING } from "@/lib/score";

interface FoundProps {
  result: SearchResult;
  /** Ids, where features like these were looked for. */
  like: readonly string[];
  output: boolean;
  stale: boolean;
  /** What steering offers for one feature. */
  actions: (id: string) => ReactNode;
  /** What steering offers for several at once. */
  together: (ids: readonly string[]) => ReactNode;
  onShow: () => void;
}

/** Features by meaning, the nearest first, those that are little like it apart; what was left out, and why. */
export function Found({ result, like, output, stale, actions, together, onShow }: FoundProps) {
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
          Like {like.length === 1 && like[0] ? <FeatureLink id={like[0]} /> : `these ${like.length} features`}, by{" "}
          {output ? "what they promote" : "their descriptions"}; the score counts too.
        </p>
      )}
      {notes.map((note) => (
        <p key={note} className="px-4 pt-1 text-muted first-letter:uppercase">
          {note}
        </p>
      ))}
      {hits.length > 0 && <ResultHead ids={close.map((hit) => hit.id)} stale={stale} together={together} />}
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

interface FiringProps extends Pick<FoundProps, "stale" | "actions" | "together" | "onShow"> {
  result: Fired;
  /** The filters in words; empty where there is none. */
  held: string;
}

/** Features that fire on a text, the strongest first, each with the token where. */
export function FoundFiring({ result, held, stale, actions, together, onShow }: FiringProps) {
  const { hits, tokens, scale, uninteresting_above: above } = result;
  return (
    <>
      <p role="status" className="px-4 pt-1 text-muted">
        {plural(hits.length, "feature")} that {hits.length === 1 ? "fires" : "fire"} most in it. Numbers are {scale}.
      </p>
      {hits.length > 0 && <ResultHead ids={hits.map((hit) => hit.id)} stale={stale} together={together} />}
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
      <div className="grid gap-1.5 px-4 pt-2 pb-4">
        {above > 0 && (
          <Hidden onShow={onShow}>
            {`${count(above)} that would stand among these are hidden because they say little`}
          </Hidden>
        )}
        {held !== "" && <p className="text-muted">Only {held}: what fires beside these is not counted.</p>}
      </div>
    </>
  );
}

interface HeadProps extends Pick<FoundProps, "stale" | "together"> {
  ids: readonly string[];
}

/** The line above the hits: what their score is, and what can be done with those that are close. */
function ResultHead({ ids, stale, together }: HeadProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-3 px-4 text-muted">
      <Explained meaning={SCORE_MEANING}>score</Explained>
      {ids.length > 1 && !stale && <span className="-mr-2 flex flex-wrap">{together(ids)}</span>}
    </div>
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

/** What can be typed. */
export function Empty({ by }: { by: By }) {
  return (
    <p className="max-w-[34rem] px-4 py-3 text-muted">
      {by === "text"
        ? "Type or paste a text: the model reads it, and the features that fire most strongly in it are listed, each with the token where."
        : "Type what features may fire on: a kind of word, a topic, a place in the text; or ids of features, to find others like these. Each has a score, how well its description predicts what it does."}
    </p>
  );
}
