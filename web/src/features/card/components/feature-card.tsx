import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { ProblemNote } from "@/components/ui/problem-note";
import { ProgressLine } from "@/components/ui/progress-line";
import { useCard } from "@/features/card/api/get-card";
import { ActivationHistogram } from "@/features/card/components/activation-histogram";
import { CardHeading } from "@/features/card/components/card-heading";
import { CardNumbers, Frequency } from "@/features/card/components/card-numbers";
import { CardSection } from "@/features/card/components/card-section";
import { CardWords } from "@/features/card/components/card-words";
import { ExemplarList } from "@/features/card/components/exemplar-list";
import { type Here, HereNote } from "@/features/card/components/here-note";
import { NeighbourList } from "@/features/card/components/neighbour-list";
import { OutputTokens } from "@/features/card/components/output-tokens";
import { TryText } from "@/features/card/components/try-text";
import { type FeatureId, parseFeature } from "@/lib/feature-id";
import { count } from "@/lib/format";
import { problemOf } from "@/lib/problem";

interface Props {
  feature: FeatureId;
  /** What it does at the row it was opened from. */
  here: Here | null;
  /** What steering offers. */
  actions: ReactNode;
  /** Where the way back leads, in words. */
  back: ReactNode;
  onBack: () => void;
}

/** Everything known about one feature: what it fires on, how often and how strongly, what it writes. */
export function FeatureCard({ feature, here, actions, back, onBack }: Props) {
  const { data: card, error, refetch } = useCard(feature.id);
  const other = card ? card.other : mirrored(feature);
  const quantile = card?.quantiles.find((one) => one.tail === 1e-5) ?? null;
  return (
    <article
      aria-labelledby="card-title"
      aria-busy={!card && !error}
      className="@container pb-6"
      data-own-escape
      onKeyDown={(event) => event.key === "Escape" && onBack()}
    >
      <CardHeading feature={feature} card={card} other={other} back={back} onBack={onBack} />
      {(here || actions) && (
        <div className="border-rule border-y bg-panel px-4 py-2.5">
          {here && <HereNote here={here} quantile={quantile} />}
          {actions}
        </div>
      )}
      {!card && !error && (
        <div className="px-4 py-3">
          <ProgressLine label={`Opening ${feature.id}`} done={null} total={null} />
        </div>
      )}
      {error && <Missing error={error} onAgain={() => void refetch()} />}
      {card && (
        <>
          <CardWords card={card} />
          <CardSection title="How strongly it fires">
            <ActivationHistogram
              histogram={card.histogram}
              sign={feature.sign}
              here={here?.activation ?? null}
              quantile={quantile}
            />
            <Frequency card={card} />
          </CardSection>
          <ExemplarList card={card} />
          <OutputTokens promoted={card.promoted} suppressed={card.suppressed} />
        </>
      )}
      <TryText id={feature.id} sign={feature.sign} scale={card?.exemplars[0]?.peak ?? null} />
      {card && <NeighbourList id={feature.id} />}
      {card && <CardNumbers card={card} />}
      {card && (
        <p className="mt-6 px-4 text-muted">
          From an atlas of {count(card.n_tokens)} tokens,{" "}
          <span title={card.atlas} className="font-mono text-mono">
            {card.atlas.slice(0, 12)}
          </span>
          . Texts are quoted under their own licences.
        </p>
      )}
    </article>
  );
}

/** Both signs of a neuron are features; where the atlas says nothing, the id does. */
function mirrored({ source, layer, index, sign }: FeatureId): string | null {
  if (source !== "mlp") return null;
  return parseFeature(`${source}.${layer}.${index}.${sign === "pos" ? "neg" : "pos"}`)?.id ?? null;
}

function Missing({ error, onAgain }: { error: Error; onAgain: () => void }) {
  const problem = problemOf(error);
  if (problem.code === "not_found")
    return (
      <div className="px-4 pt-4">
        <p className="font-semibold first-letter:uppercase">{problem.what}.</p>
        {problem.why && <p className="text-muted first-letter:uppercase">{problem.why}.</p>}
        {problem.instead && <p className="mt-1 text-muted first-letter:uppercase">{problem.instead}.</p>}
      </div>
    );
  return (
    <div className="px-4 pt-4">
      <ProblemNote problem={problem}>
        <Button onClick={onAgain}>Try again</Button>
      </ProblemNote>
    </div>
  );
}
