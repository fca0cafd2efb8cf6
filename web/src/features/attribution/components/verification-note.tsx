import { Button } from "@/components/ui/button";
import { Explained } from "@/components/ui/explained";
import { FeatureLink } from "@/components/ui/feature-link";
import { Icon } from "@/components/ui/icon";
import { IntervalMark } from "@/components/ui/interval-mark";
import { ProblemNote } from "@/components/ui/problem-note";
import { ProgressLine } from "@/components/ui/progress-line";
import { QueueNote } from "@/components/ui/queue-note";
import type { WhyQuestion } from "@/features/attribution/api/stream-why";
import { useVerification } from "@/features/attribution/api/verify";
import { verdictInWords } from "@/features/attribution/model/verdict";
import { plural, signed } from "@/lib/format";
import { problemOf } from "@/lib/problem";

interface Props {
  question: WhyQuestion;
  features: readonly string[];
  onClose: () => void;
}

/** A set of features, suppressed, beside random sets of the same make: effect, interval, verdict in words. */
export function VerificationNote({ question, features, onClose }: Props) {
  const { data, error } = useVerification(question, features);
  const name = features.length === 1 ? features[0] : plural(features.length, "feature");
  return (
    <article
      aria-label={`Verification of ${name}`}
      aria-busy={!data && !error}
      className="mt-1 border-ink border-l-2 bg-panel py-1 pr-1 pl-3"
    >
      <div className="flex items-center justify-between gap-2">
        <h3 className="min-w-0 truncate">
          <span className="font-semibold">Verified by suppressing</span>{" "}
          {features.length === 1 && features[0] ? <FeatureLink id={features[0]} /> : name}
        </h3>
        <Button look="bare" aria-label={`Close verification of ${name}`} onClick={onClose}>
          <Icon name="close" />
        </Button>
      </div>
      {error && <ProblemNote problem={problemOf(error)} />}
      {!data && !error && (
        <div className="py-2">
          <ProgressLine label={`Verifying ${name}`} done={null} total={null} />
          <p className="mt-1 text-muted">
            Suppressing {features.length === 1 ? "it" : "them"}, then 50 random sets of the same make
            <QueueNote />
          </p>
        </div>
      )}
      {data && (
        <>
          <div className="grid grid-cols-[1fr_auto] items-center gap-x-3 @max-md:grid-cols-1">
            <IntervalMark value={data.effect} low={data.random.low} high={data.random.high} mean={data.random.mean} />
            <span className="whitespace-nowrap">
              <Explained meaning="log p of the target before, minus after suppressing these features wherever they are active.">
                {signed(data.effect)} nats
              </Explained>
              <span className="text-muted">
                {", "}
                <Explained meaning="Between these two lie 95 of 100 random sets: as many features, matched in layer, sign and activation.">
                  random {signed(data.random.low)} to {signed(data.random.high)} nats
                </Explained>
              </span>
            </span>
          </div>
          <p className="mt-1">{verdictInWords(data, features.length)}</p>
        </>
      )}
    </article>
  );
}
