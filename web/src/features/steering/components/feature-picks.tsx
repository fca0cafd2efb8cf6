import { useState } from "react";
import { Button } from "@/components/ui/button";
import { FeatureLink } from "@/components/ui/feature-link";
import { Icon } from "@/components/ui/icon";
import { ScoreBar } from "@/components/ui/score-bar";
import { SummaryText } from "@/components/ui/summary-text";
import { useFeature } from "@/features/steering/api/get-feature";
import { snippetOf } from "@/features/steering/model/snippet";

const FIRST = 5;

interface Props {
  features: readonly string[];
  /** Null where a feature is all there is of the change. */
  onRemove: ((id: string) => void) | null;
}

/** The features of a change, each with where it fires most; any of them can be taken out. */
export function FeaturePicks({ features, onRemove }: Props) {
  const [all, setAll] = useState(false);
  const shown = all ? features : features.slice(0, FIRST);
  const rest = features.length - FIRST;
  return (
    <>
      <ul aria-label="Features of this change" className="grid">
        {shown.map((id) => (
          <Pick key={id} id={id} onRemove={onRemove} />
        ))}
      </ul>
      {rest > 0 && (
        <Button look="bare" className="-ml-2 text-muted" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? `Show the first ${FIRST} only` : `Show ${rest} more`}
        </Button>
      )}
    </>
  );
}

function Pick({ id, onRemove }: { id: string; onRemove: Props["onRemove"] }) {
  const { data: card } = useFeature(id);
  const snippet = card?.exemplars[0] ? snippetOf(card.exemplars[0]) : null;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-2 border-rule border-t py-1 first:border-t-0">
      <div className="min-w-0">
        <div className="flex flex-wrap items-baseline gap-x-3">
          {card?.summary && (
            <SummaryText summary={card.summary} description={card.description} score={card.score} drawn />
          )}
          <span className="flex items-baseline gap-3 text-muted">
            <FeatureLink id={id} />
            {card?.summary && <ScoreBar score={card.score} explained />}
          </span>
        </div>
        {snippet && (
          <p dir="auto" className="flex font-read whitespace-pre text-muted">
            <span className="flex min-w-0 justify-end overflow-hidden">{snippet.before}</span>
            <b className="shrink-0 rounded-sm font-semibold text-ink shadow-[inset_0_-2px_0_var(--color-active)]">
              {snippet.token}
            </b>
            <span className="min-w-12 shrink truncate">{snippet.after}</span>
          </p>
        )}
      </div>
      {onRemove && (
        <Button look="bare" aria-label={`Remove ${id} from this change`} onClick={() => onRemove(id)}>
          <Icon name="close" />
        </Button>
      )}
    </li>
  );
}
