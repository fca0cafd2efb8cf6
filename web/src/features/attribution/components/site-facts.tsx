import type { Active, Effect } from "@/api/types";
import { Explained } from "@/components/ui/explained";
import { ScoreBar } from "@/components/ui/score-bar";
import type { Site } from "@/features/attribution/model/rows";
import { plain, signed } from "@/lib/format";
import { SCORE_MEANING } from "@/lib/score";

interface Props {
  site: Site & Partial<Pick<Effect, "estimate" | "attribution" | "measured" | "effect"> & Pick<Active, "normalised">>;
  /** What `normalised` is a multiple of, in short. */
  unit?: string;
}

interface Fact {
  name: string;
  value: string;
  meaning: string;
}

function factsOf({ site, unit = "" }: Props): Fact[] {
  const facts = [
    {
      name: "activation",
      value: plain(site.activation),
      meaning: "The feature’s raw value here, at the input of its layer’s down projection; it has no unit.",
    },
  ];
  if (site.normalised !== undefined)
    facts.push({
      name: `× ${unit}`,
      value: `${plain(site.normalised)} ×`,
      meaning: "The activation over the feature’s own scale: what makes features comparable with each other.",
    });
  if (site.estimate !== undefined)
    facts.push({
      name: "estimate",
      value: `${signed(site.estimate)} nats`,
      meaning: "Gradient times activation: what the effect would be if the model were a straight line from here to 0.",
    });
  if (site.effect != null)
    facts.push({
      name: "effect, measured",
      value: `${signed(site.effect)} nats`,
      meaning: "log p of the target before, minus after this one site was set to 0 and the model run again.",
    });
  else if (site.measured && site.attribution !== undefined)
    facts.push({
      name: "effect, measured",
      value: `${signed(site.attribution)} nats`,
      meaning: "Measured at once: this site writes so much that a straight line could not be trusted.",
    });
  return facts;
}

/** The numbers of one site, each with its unit and its meaning. */
export function SiteFacts(props: Props) {
  const { site } = props;
  return (
    <div className="pl-6">
      {site.description && (
        <div dir="auto" className="mb-1 flex flex-wrap items-baseline gap-x-3">
          <span className="[overflow-wrap:anywhere]">{site.description}</span>
          {site.score != null && (
            <span className="flex items-center gap-2">
              <Explained className="text-muted" meaning={SCORE_MEANING}>
                score
              </Explained>
              <ScoreBar score={site.score} />
            </span>
          )}
        </div>
      )}
      <dl className="flex flex-wrap gap-x-5 gap-y-1">
        {factsOf(props).map(({ name, value, meaning }) => (
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
