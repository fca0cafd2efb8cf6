import { type ReactNode, useState } from "react";
import type { Damage } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Explained } from "@/components/ui/explained";
import { ProblemNote } from "@/components/ui/problem-note";
import { ProgressLine } from "@/components/ui/progress-line";
import { QueueNote } from "@/components/ui/queue-note";
import { useDamage } from "@/features/steering/api/measure-damage";
import { BABBLING_KL, damageInWords, STRONG_KL } from "@/features/steering/model/damage";
import { percent, plain } from "@/lib/format";
import { problemOf } from "@/lib/problem";

/** What the changes of a run do to the rest of the model: measured when it is asked for, and said in words. */
export function DamageMeter({ run }: { run: string }) {
  const [wanted, setWanted] = useState(false);
  const { data, error } = useDamage(run, wanted);
  if (!data && !wanted)
    return (
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted">
        <Button className="text-ink" onClick={() => setWanted(true)}>
          Measure the damage
        </Button>
        what the changes do to text that has nothing to do with them; a minute or so
      </p>
    );
  return (
    <section aria-label="Damage" aria-busy={!data && !error} className="border-rule border-y bg-panel px-3 py-2">
      {error && <ProblemNote problem={problemOf(error)} />}
      {!data && !error && (
        <>
          <ProgressLine label="Measuring the damage" done={null} total={null} />
          <p className="mt-1 text-muted">
            Reading neutral questions with the changes, and with random features instead
            <QueueNote />
          </p>
        </>
      )}
      {data && <Measured damage={data} />}
    </section>
  );
}

function Measured({ damage }: { damage: Damage }) {
  const { kl, kl_random: random, repetition, verdict } = damage;
  const words = damageInWords(damage);
  const [head, ...rest] = words.split(/(?<=[:])/);
  return (
    <>
      <div className={verdict === "babbling" ? "border-hinder border-l-2 pl-2" : ""}>
        <Explained
          className="font-semibold"
          meaning={`Strong from ${STRONG_KL} nats of KL on neutral questions, babbling from ${BABBLING_KL} nats or where the replies mostly repeat themselves; mild below. The numbers stand under it.`}
        >
          {head}
        </Explained>
        {rest.join("")}
      </div>
      <dl className="mt-1.5 grid gap-1">
        <Line
          name="KL"
          meaning={`How far the next token’s distribution moves on ${damage.n_prompts} neutral questions, mean over ${damage.n_positions} positions. From ${STRONG_KL} nats it is called strong, from ${BABBLING_KL} babbling.`}
          scale={<Scale value={kl} random={random} />}
        >
          {plain(kl)} nats
          {random && (
            <span className="text-muted">
              {" "}
              · random features {plain(random.low)} to {plain(random.high)}
            </span>
          )}
        </Line>
        <Line
          name="repetition"
          meaning="The share of a greedy reply’s runs of 3 tokens that it has had before: before the changes, and after them."
          scale={<Shares before={repetition.before} after={repetition.after} />}
        >
          {percent(repetition.before)} before, {percent(repetition.after)} after
          {repetition.random !== null && (
            <span className="text-muted"> · random features {percent(repetition.random)}</span>
          )}
        </Line>
      </dl>
    </>
  );
}

function Line(props: { name: string; meaning: string; scale: ReactNode; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[5.5rem_minmax(0,1fr)] items-center gap-x-3 @lg:grid-cols-[5.5rem_7rem_minmax(0,1fr)]">
      <dt className="text-muted">
        <Explained meaning={props.meaning}>{props.name}</Explained>
      </dt>
      <dd aria-hidden="true" className="@max-lg:hidden">
        {props.scale}
      </dd>
      <dd>{props.children}</dd>
    </div>
  );
}

/** On a scale that ends past babbling: random features as a band, the changes as a filled mark, two thresholds. */
function Scale({ value, random }: { value: number; random: Damage["kl_random"] }) {
  const reach = Math.max(BABBLING_KL * 1.2, value * 1.05);
  // The square root spreads the small values, which are the common ones.
  const at = (x: number): string => `${Math.sqrt(Math.max(0, x) / reach) * 100}%`;
  return (
    <span className="relative block h-5 border-edge border-l">
      <span className="absolute inset-x-0 top-1/2 h-px bg-rule" />
      {[STRONG_KL, BABBLING_KL].map((x) => (
        <span key={x} className="absolute inset-y-[3px] w-px bg-edge" style={{ left: at(x) }} />
      ))}
      {random && (
        <span
          className="absolute top-[5px] h-[10px] min-w-[3px] border-edge border-x-[1.5px] bg-mark"
          style={{ left: at(random.low), right: `calc(100% - ${at(random.high)})` }}
        />
      )}
      <span
        className="absolute top-1/2 size-2.5 -translate-x-1/2 -translate-y-1/2 rotate-45 border border-paper bg-ink"
        style={{ left: at(value) }}
      />
    </span>
  );
}

function Shares({ before, after }: { before: number; after: number }) {
  return (
    <span className="relative block h-5 border-edge border-l">
      <span className="absolute inset-x-0 top-1/2 h-px bg-rule" />
      <span
        className="absolute top-1/2 size-2.5 -translate-x-1/2 -translate-y-1/2 rotate-45 border-[1.5px] border-muted bg-panel"
        style={{ left: `${before * 100}%` }}
      />
      <span
        className="absolute top-1/2 size-2.5 -translate-x-1/2 -translate-y-1/2 rotate-45 border border-paper bg-ink"
        style={{ left: `${after * 100}%` }}
      />
    </span>
  );
}
