import type { ReactNode } from "react";
import type { Hit } from "@/api/types";
import { FeatureLink } from "@/components/ui/feature-link";
import { ScoreBar } from "@/components/ui/score-bar";
import { SummaryText } from "@/components/ui/summary-text";
import { parseFeature } from "@/lib/feature-id";

interface Props {
  hit: Hit;
  /** Whether it was found by what it promotes. */
  output: boolean;
  /** What steering offers. */
  actions: ReactNode;
}

/** One feature found: what it fires on, how well that is known, which one it is. All of the row opens its card. */
export function SearchHit({ hit, output, actions }: Props) {
  const summary = hit.summary ?? hit.description ?? "no description";
  const feature = parseFeature(hit.id);
  return (
    <li className="hit-grid relative border-rule border-b px-4 py-1.5 focus-within:bg-panel hover:bg-panel">
      <span className="pt-px [grid-area:score]">
        <ScoreBar score={hit.score} />
      </span>
      <span className="min-w-0 [grid-area:words]">
        {output && hit.output && (
          <span dir="auto" className="block [overflow-wrap:anywhere]">
            {hit.output}
          </span>
        )}
        <span className={`block [overflow-wrap:anywhere] ${output && hit.output ? "text-muted" : ""}`}>
          {output && hit.output && "fires on "}
          <SummaryText summary={summary} description={hit.description} score={hit.score} />
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
        </span>
      </span>
      <span className="relative -mx-2 flex flex-wrap items-start [grid-area:acts]">{actions}</span>
    </li>
  );
}
