import type { ReactNode } from "react";
import type { Hit } from "@/api/types";
import { FeatureLink } from "@/components/ui/feature-link";
import { ScoreBar } from "@/components/ui/score-bar";
import { SummaryText } from "@/components/ui/summary-text";
import { parseFeature } from "@/lib/feature-id";

interface Props {
  hit: Pick<Hit, "id" | "summary" | "description" | "score">;
  /** What it promotes, where it was found by that. */
  promotes?: string | null;
  /** What else is to be said of it here. */
  note?: ReactNode;
  /** What steering offers. */
  actions: ReactNode;
}

/** One feature found: what it fires on, how well that is known, which one it is. All of the row opens its card. */
export function SearchHit({ hit, promotes = null, note, actions }: Props) {
  const summary = hit.summary ?? hit.description ?? "no description";
  const feature = parseFeature(hit.id);
  // The score is that of what it fires on: it stands beside those words.
  return (
    <li
      data-output={promotes ? "" : undefined}
      className="hit-grid relative border-rule border-b px-4 py-1.5 focus-within:bg-panel hover:bg-panel"
    >
      {!promotes && (
        <span className="pt-px [grid-area:score]">
          <ScoreBar score={hit.score} />
        </span>
      )}
      <span className="min-w-0 [grid-area:words]">
        {promotes && (
          <span dir="auto" className="block [overflow-wrap:anywhere]">
            {promotes}
          </span>
        )}
        <span className={`flex flex-wrap items-baseline gap-x-2 ${promotes ? "text-muted" : ""}`}>
          {promotes && "fires on"}
          <SummaryText summary={summary} description={hit.description} score={hit.score} drawn />
          {promotes && <ScoreBar score={hit.score} />}
        </span>
        <span className="block text-muted">
          <FeatureLink
            id={hit.id}
            title={hit.description ?? undefined}
            className="after:absolute after:inset-0 after:content-['']"
          />
          {feature && (
            <span>
              {" "}
              · layer {feature.layer}
              {feature.source === "mlp" && `, ${feature.sign === "pos" ? "above" : "below"} 0`}
            </span>
          )}
          {note}
        </span>
      </span>
      <span className="relative -mx-2 flex flex-wrap items-start [grid-area:acts]">{actions}</span>
    </li>
  );
}
