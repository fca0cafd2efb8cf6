import type { ReactNode } from "react";
import type { Card } from "@/api/types";
import { Explained } from "@/components/ui/explained";
import { CardSection } from "@/features/card/components/card-section";
import { count, percent, plain } from "@/lib/format";

/** How often a feature fires, and how far it reaches: the two numbers one looks for first. */
export function Frequency({ card }: { card: Card }) {
  return (
    <dl className="mt-1 flex flex-wrap gap-x-6">
      <Fact
        name="fires at"
        meaning={`Of ${count(card.n_tokens)} tokens, the share with an activation on this side of 0.`}
      >
        {percent(card.rate)} of tokens
      </Fact>
      <Fact name="at most" meaning="The activation farthest out on this side of 0 in all that was read.">
        {plain(card.extreme)}
      </Fact>
    </dl>
  );
}

/** Every other number of a card, each with its meaning. */
export function CardNumbers({ card }: { card: Card }) {
  return (
    <CardSection title="Numbers">
      <Tails card={card} />
      <dl className="mt-3 flex flex-wrap gap-x-6 gap-y-1">
        <Fact
          name="mean"
          meaning="Of the unit’s activation over all tokens, on both sides of 0; ± is the standard deviation."
        >
          {plain(card.mean)} ± {plain(card.std)}
        </Fact>
        <Fact
          name="at the first token"
          meaning="Mean activation at the very first token of a text. Attention sinks there, so no other number counts it."
        >
          {plain(card.sink)}
        </Fact>
        {card.gate && (
          <Fact
            name="gate open"
            meaning="In how many exemplars the gate’s input is above 0 at the peak: by which side of the gate the feature fires."
          >
            at {card.gate.positive} of {card.gate.positive + card.gate.negative} peaks
          </Fact>
        )}
      </dl>
    </CardSection>
  );
}

/** The tail quantiles that the corpus was large enough for. */
function Tails({ card }: { card: Card }) {
  const reached = card.quantiles.filter((quantile) => quantile.reached);
  if (reached.length === 0) return <p className="text-muted">Too few tokens were read for any tail quantile.</p>;
  return (
    <table className="w-full max-w-[34rem] border-collapse text-right">
      <caption className="mb-1 text-left text-muted">
        <Explained meaning="Tail quantiles: a strength, and an activation over the tail quantile, refer to the one at 100 000.">
          activation exceeded by one token in
        </Explained>
      </caption>
      <thead>
        <tr className="border-rule border-b text-muted">
          {reached.map(({ tail }) => (
            <th key={tail} scope="col" className="pb-0.5 pl-3 font-normal first:pl-0">
              {count(Math.round(1 / tail))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          {reached.map(({ tail, value }) => (
            <td key={tail} className="pt-0.5 pl-3 first:pl-0">
              {plain(value)}
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}

function Fact({ name, meaning, children }: { name: string; meaning: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline gap-1.5">
      <dt className="text-muted">
        <Explained meaning={meaning}>{name}</Explained>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
