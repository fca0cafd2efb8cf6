import type { Effect } from "@/api/types";
import { Explained } from "@/components/ui/explained";
import { plain, signed } from "@/lib/format";

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
    <dl className="flex flex-wrap gap-x-5 gap-y-1 pl-6">
      {facts.map(({ name, value, meaning }) => (
        <div key={name} className="flex items-baseline gap-1.5">
          <dt className="text-muted">
            <Explained meaning={meaning}>{name}</Explained>
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
