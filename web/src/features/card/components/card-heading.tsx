import { type ReactNode, useEffect, useRef } from "react";
import type { Card } from "@/api/types";
import { Button } from "@/components/ui/button";
import { CopyLink } from "@/components/ui/copy-link";
import { FeatureLink } from "@/components/ui/feature-link";
import { Icon } from "@/components/ui/icon";
import { type FeatureId, featureInWords } from "@/lib/feature-id";
import { go } from "@/lib/view-state";

interface Props {
  feature: FeatureId;
  card: Card | undefined;
  /** The other sign of the same unit. */
  other: string | null;
  back: ReactNode;
  onBack: () => void;
}

/** Which feature this is, how to pass it on, and the way back. */
export function CardHeading({ feature, card, other, back, onBack }: Props) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  return (
    <header className="px-4 pt-2 pb-3">
      <div className="-ml-2 flex items-center justify-between gap-2">
        <Button look="bare" onClick={onBack} className="min-w-0 text-muted">
          <Icon name="left" /> {back}
        </Button>
        <span className="flex min-w-0 items-center">
          {card?.description && (
            <Button
              look="bare"
              className="text-muted"
              onClick={() => go({ find: feature.id, filters: null, card: null })}
            >
              <Icon name="search" /> Find alike
            </Button>
          )}
          <CopyLink address={() => addressOf(feature)}>Copy link</CopyLink>
        </span>
      </div>
      <h2
        id="card-title"
        ref={title}
        tabIndex={-1}
        className="mt-1 rounded-sm font-read text-read font-semibold outline-none"
      >
        <span dir="auto" className="[overflow-wrap:anywhere]">
          {card?.summary ?? featureInWords(feature)}
        </span>
      </h2>
      <p className="flex flex-wrap items-baseline gap-x-4">
        <span className="font-mono text-mono">{feature.id}</span>
        {other && (
          <span className="text-muted">
            {feature.sign === "pos" ? "below 0: " : "above 0: "}
            <FeatureLink id={other} />
          </span>
        )}
      </p>
      {card && !card.description && <p className="mt-1.5 text-muted">{withoutWords(card)}</p>}
    </header>
  );
}

/** Why there is no description. */
function withoutWords({ told }: Card): string {
  if (!told) return "It has no description yet. What follows is the evidence for one.";
  const why: Partial<Record<typeof told.status, string>> = {
    dead: "It was never active in all that was read, so nothing can be said of it.",
    undefined: "It has no description: its score is not defined, since it does not vary in the test texts.",
    insufficient: "It has no description: it was active in too few texts to write one and to test it.",
    unparseable: "It has no description: what the explainer wrote could not be read.",
    error: "It has no description: the explainer failed.",
  };
  return why[told.status] ?? "It has no description.";
}

/** Where this card opens by itself. */
function addressOf({ id }: FeatureId): string {
  return `${location.origin}${location.pathname}?card=${id}&pane=why`;
}
