import type { Effect } from "@/api/types";
import { Explained } from "@/components/ui/explained";
import { ScoreBar } from "@/components/ui/score-bar";
import { plain, signed } from "@/lib/format";
import { SCORE_MEANING } from "@/lib/score";

/** The numbers of one site, each with its unit and its meaning. */
export function SiteFacts({ effect }: { effect: Effect }) {
  const facts = [
    {
      name: "activation",
      value: plain(effect.activation),
      meaning: "The feature’s raw value here, at the input of its layer’s down projection; it has no unit.",
    },
    {
      name: "estimate",
      value: `${signed(effect.estimate)} nats`,
      meaning: "Gradient times activation: what the effect would be if the model were a straight line from here to 0.",
    },
    ...(effect.measured && effect.effect == null
      ? [
          {
            name: "effect, measured",
            value: `${signed(effect.attribution)} nats`,
            meaning: "Measured at once: this site writes so much that a straight line could not be trusted.",
          },
        ]
      : []),
    ...(effect.effect == null
      ? []
      : [
          {
            name: "effect, measured",
            value: `${signed(effect.effect)} nats`,
            meaning: "log p of the target before, minus after this one site was set to 0 and the model run again.",
          },
        ]),
  ];
  return (
    <div className="pl-6">
      {effect.description && (
        <p dir="auto" className="mb-1 flex flex-wrap items-baseline gap-x-3">
          <span className="[overflow-wrap:anywhere]">{effect.description}</span>
          {effect.score != null && (
            <span className="flex items-center gap-2">
              <Explained className="text-muted" meaning={SCORE_MEANING}>
                score
              </Explained>
              <ScoreBar score={effect.score} />
            </span>
          )}
        </p>
      )}
      <dl className="flex flex-wrap gap-x-5 gap-y-1">
        {facts.map(({ name, value, meaning }) => (
          <div key={name} className="flex items-baseline gap-1.5">
            <dt className="text-muted">
              <Explained meaning={meaning}>{name}</Explained>
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
