import { useState } from "react";
import type { Card } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Explained } from "@/components/ui/explained";
import { FIRST, useWholeCard } from "@/features/card/api/get-card";
import { CardSection } from "@/features/card/components/card-section";
import { ExemplarView } from "@/features/card/components/exemplar-view";
import { percent, plain } from "@/lib/format";

/** The texts in which a feature is most extreme, the strongest first. */
export function ExemplarList({ card }: { card: Card }) {
  const [all, setAll] = useState(false);
  const whole = useWholeCard(card.id, all, card.n_exemplars);
  const exemplars = (all && whole.data ? whole.data : card).exemplars;
  const scale = card.exemplars[0]?.peak ?? card.extreme;
  const rest = card.n_exemplars - Math.min(FIRST, card.n_exemplars);
  return (
    <CardSection title="Where it fires most" aside={<Scale to={scale} error={card.pattern_error} />}>
      {card.n_exemplars === 0 && (
        <p className="text-muted">Nowhere: in all that was read, its activation was never on this side of 0.</p>
      )}
      <ol aria-label="Exemplars, strongest first" className="grid gap-4">
        {exemplars.map((exemplar) => (
          <ExemplarView
            key={exemplar.rank}
            id={card.id}
            exemplar={exemplar}
            scale={scale}
            stored={exemplar.rank < card.n_patterns}
            error={card.pattern_error}
          />
        ))}
      </ol>
      {rest > 0 && (
        <Button className="mt-3" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? `Show the first ${FIRST} only` : `Show ${rest} more`}
        </Button>
      )}
    </CardSection>
  );
}

/** What the shades mean, from nothing to the strongest. */
function Scale({ to, error }: { to: number; error: number }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      0
      <span aria-hidden="true" className="shade-scale h-3 w-20 border border-rule" />
      <Explained
        meaning={`The activation at each token. Stored shades are off by at most ${percent(error)} of the exemplar’s peak; computed ones are exact.`}
      >
        {plain(to)}
      </Explained>
    </span>
  );
}
