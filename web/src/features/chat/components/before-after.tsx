import type { ReactNode } from "react";
import { ChangeMark } from "@/components/ui/change-mark";
import { FirstTokenShift } from "@/features/chat/components/first-token-shift";
import { type Comparison, comparisonInWords, type Side } from "@/features/chat/model/comparison";
import { givenIn } from "@/features/chat/model/reply";
import { plural } from "@/lib/format";
import { inWords, markOf } from "@/lib/interventions";

interface Props {
  comparison: Comparison;
  /** The tokens of one answer. */
  tokens: (side: Side) => ReactNode;
  /** What can be done with one answer. */
  act: (side: Side) => ReactNode;
}

/** Two answers to the same question, side by side where there is room; what only one of them has is marked. */
export function BeforeAfter({ comparison, tokens, act }: Props) {
  const { before, after } = comparison;
  return (
    <section aria-label="Answers before and after" className="border-rule border-y py-3">
      <div className="grid gap-x-6 gap-y-5 @xl:grid-cols-2">
        {[before, after].map((side) => (
          <div key={side.run.id} data-answer className="min-w-0">
            <Heading side={side} act={act(side)} />
            <div className="mt-1">{tokens(side)}</div>
          </div>
        ))}
      </div>
      {after.run.state !== "running" && (
        <ul aria-label="What the changes did" className="mt-3 text-muted">
          {comparisonInWords(comparison).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
          <FirstTokenShift comparison={comparison} />
        </ul>
      )}
    </section>
  );
}

function Heading({ side: { title, run }, act }: { side: Side; act: ReactNode }) {
  const mark = markOf(run.interventions);
  const given = givenIn(run).length;
  return (
    <div className="flex select-none items-start justify-between gap-2">
      <h2 className="min-w-0">
        <span className="font-semibold">{title}</span>{" "}
        <span className="text-muted">
          {mark && <ChangeMark mark={mark} />}
          {mark ? run.interventions.map(inWords).join("; ") : `nothing changed, seed ${run.settings.seed}`}
          {given > 0 && `, ${plural(given, "token")} given`}
        </span>
      </h2>
      {act}
    </div>
  );
}
