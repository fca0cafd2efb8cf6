import type { Card, Described } from "@/api/types";
import { Explained } from "@/components/ui/explained";
import { ScoreBar } from "@/components/ui/score-bar";
import { CardSection } from "@/features/card/components/card-section";
import { type Baseline, baselinesOf, interestInWords, verdictOf } from "@/features/card/model/words";
import { SCORE_MEANING, scoreText } from "@/lib/score";

/** A description whole, how far it can be trusted, and whether it matters. */
export function CardWords({ card }: { card: Card }) {
  const { told, description } = card;
  if (!description) return null;
  return (
    <CardSection
      title="In words"
      aside={
        card.score !== null && card.score !== undefined ? (
          <Explained meaning={SCORE_MEANING}>score on unseen text</Explained>
        ) : undefined
      }
    >
      <p dir="auto" className="max-w-[40rem] font-read [overflow-wrap:anywhere]">
        {description}
      </p>
      {told?.score != null ? <Scores told={told} /> : card.score != null && <ScoreBar score={card.score} />}
      {told?.output && (
        <p dir="auto" className="mt-3 [overflow-wrap:anywhere]">
          {told.output}
          <span className="text-muted">
            {" "}
            {told.output_score != null ? (
              <>
                <Explained meaning="The chance that a token of this kind, any in the vocabulary, is raised more than one drawn from it. Scored apart from what it fires on.">
                  output score
                </Explained>{" "}
                {scoreText(told.output_score)}
              </>
            ) : (
              "Not scored: it lists what is raised most."
            )}
          </span>
        </p>
      )}
      {told && told.interest !== null && <Interest told={told} />}
    </CardSection>
  );
}

function Scores({ told }: { told: Described }) {
  const baselines = baselinesOf(told);
  return (
    <div className="mt-2 max-w-[40rem]">
      <dl aria-label="Score beside its baselines" className="grid gap-0.5">
        {baselines.map((one) => (
          <BaselineRow key={one.name} baseline={one} />
        ))}
      </dl>
      <p className="mt-1 text-muted">{verdictOf(told)}</p>
    </div>
  );
}

function BaselineRow({ baseline }: { baseline: Baseline }) {
  const { name, meaning, value, low, high, own } = baseline;
  const at = (x: number): string => `${Math.min(1, Math.max(0, x)) * 100}%`;
  return (
    <div className="grid grid-cols-[8.5rem_minmax(0,1fr)_7.5rem] items-center gap-x-3">
      <dt className={own ? "font-semibold" : "text-muted"}>
        <Explained meaning={meaning}>{name}</Explained>
      </dt>
      <dd aria-hidden="true" className="relative h-5 border-edge border-l">
        <span className="absolute inset-x-0 top-1/2 h-px bg-rule" />
        <span
          className={`absolute top-[6px] h-2 ${own ? "bg-active" : "border border-edge bg-mark"}`}
          style={{ left: 0, width: at(value) }}
        />
        {low !== null && high !== null && (
          <span
            className="absolute top-1/2 h-[9px] -translate-y-1/2 border-ink border-x-[1.5px]"
            style={{ left: at(low), right: `calc(100% - ${at(high)})` }}
          >
            <span className="absolute inset-x-0 top-1/2 h-[1.5px] -translate-y-1/2 bg-ink" />
          </span>
        )}
      </dd>
      <dd className={own ? "" : "text-muted"}>
        {scoreText(value)}
        {low !== null && high !== null && (
          <span className="text-muted">
            {" "}
            {scoreText(low)}–{scoreText(high)}
          </span>
        )}
      </dd>
    </div>
  );
}

function Interest({ told }: { told: Described }) {
  return (
    <div className="mt-3">
      <p>
        <Explained
          className={told.interesting ? "font-semibold" : "text-muted"}
          meaning="A classifier trained on labelled descriptions: the probability that this one matters to a user. Below its threshold the search leaves a feature out, and says so."
        >
          {told.interesting ? "Says something" : "Says little"}
        </Explained>
        <span className="text-muted">, {interestInWords(told.interest ?? 0)}</span>
      </p>
      {told.reasons.length > 0 && (
        <ul aria-label="Reasons" className="mt-0.5 flex flex-wrap gap-x-4 text-muted">
          {told.reasons.map((reason) => (
            <li key={reason} className="before:mr-1.5 before:content-['·']">
              {reason}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
