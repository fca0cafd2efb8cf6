import type { Effect } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Explained } from "@/components/ui/explained";
import { QueueNote } from "@/components/ui/queue-note";
import { useJoint } from "@/features/attribution/api/joint";
import type { WhyQuestion } from "@/features/attribution/api/stream-why";
import { countMeasured, natsOf } from "@/features/attribution/model/rows";
import { total } from "@/features/attribution/model/sums";
import { plural, signed } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { useDebounced } from "@/lib/use-debounced";

interface Props {
  question: WhyQuestion;
  /** The sites shown. */
  effects: readonly Effect[];
  /** Nothing else is measured, so that the model is free. */
  ready: boolean;
}

const REST_MS = 250;

/** What the sites shown did together, beside the sum of what each did alone. */
export function JointLine({ question, effects, ready }: Props) {
  const names = effects.map(({ id, pos }) => `${id}@${pos}`).join(" ");
  const rested = useDebounced(names, REST_MS) === names;
  const { data, error, isPlaceholderData, isFetching, refetch } = useJoint(
    { ...question, sites: effects },
    ready && rested,
  );
  if (effects.length === 0) return null;
  const stale = data !== undefined && (isPlaceholderData || !rested);
  const n = plural(effects.length, "site");
  return (
    <div aria-busy={isFetching} className="flex flex-wrap items-baseline gap-x-4 px-4 py-1.5">
      <span>
        <Explained
          className="text-muted"
          meaning="One joint ablation: all of these sites set to 0 at once and the model run again. Log p of the target before, minus after."
        >
          together
        </Explained>{" "}
        <span role="status">
          {data && !stale && (
            <>
              <span className="font-semibold">{signed(data.effect)} nats</span>
              <span className="text-muted">, one joint ablation of {plural(data.n_sites, "site")}</span>
            </>
          )}
          {stale && (
            <span className="text-muted">
              <s>{signed(data.effect)} nats</s>, for other sites; measuring {n}
            </span>
          )}
          {!data && !error && (
            <span className="text-muted">{ready ? `measuring ${n}` : "comes when the measuring is done"}</span>
          )}
          {isFetching && <QueueNote />}
          {error && !data && <span>not measured: {problemOf(error).what}</span>}
        </span>
      </span>
      {error && !data && (
        <Button className="self-center" onClick={() => void refetch()}>
          Try again
        </Button>
      )}
      <span>
        <Explained
          className="text-muted"
          meaning={`Of the sites shown: ${countMeasured(effects)} measured one by one, the others estimated. Single effects do not add up: sites that do the same work are each worth little alone.`}
        >
          sum of the single effects
        </Explained>{" "}
        {signed(total(effects.map(natsOf)))} nats
        <span className="text-muted">; these do not add up</span>
      </span>
    </div>
  );
}
