import { type ReactNode, useMemo } from "react";
import type { Run } from "@/api/types";
import { TurnTokens } from "@/features/chat/components/turn-view";
import { type Changes, diffTokens, replyOf } from "@/features/chat/model/diff";
import type { Segment } from "@/features/chat/model/segments";
import { plural } from "@/lib/format";
import { inWords, sameInterventions } from "@/lib/interventions";

interface Answer {
  run: Run;
  segment: Segment | undefined;
}

interface Props {
  /** Two answers, in any order: the one given earlier is shown as the one before. */
  answers: readonly [Answer, Answer];
  homeIn: (run: string) => number | null;
  selectedIn: (run: string) => number | null;
  markers: boolean;
}

/** Two answers to the same question side by side; what the other does not have is marked. */
export function BeforeAfter({ answers, homeIn, selectedIn, markers }: Props) {
  const [one, other] = answers;
  const [before, after] = one.run.created_at <= other.run.created_at ? [one, other] : [other, one];
  const changes = useMemo(() => diffTokens(replyOf(before.run), replyOf(after.run)), [before.run, after.run]);
  const steered = !sameInterventions(before.run.interventions, after.run.interventions);
  const column = (title: string, { run, segment }: Answer, changed: ReadonlySet<number>) => (
    <Column title={title} run={run}>
      {segment && (
        <TurnTokens
          run={run}
          segment={segment}
          markers={markers}
          selected={selectedIn(run.id)}
          home={homeIn(run.id)}
          changed={changed}
          writing={run.state === "running"}
        />
      )}
    </Column>
  );
  return (
    <section aria-label="Answers before and after" className="border-rule border-y py-3">
      <div className="grid gap-x-6 gap-y-5 @xl:grid-cols-2">
        {column(steered ? "Before" : "First", before, changes.before)}
        {column(steered ? "After" : "Then", after, changes.after)}
      </div>
      {after.run.state !== "running" && <p className="mt-3 text-muted">{changesInWords(changes)}</p>}
    </section>
  );
}

function Column({ title, run, children }: { title: string; run: Run; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <h2 className="select-none">
        <span className="font-semibold">{title}</span>{" "}
        <span className="text-muted">
          {run.interventions.length === 0
            ? `nothing changed, seed ${run.settings.seed}`
            : run.interventions.map(inWords).join("; ")}
        </span>
      </h2>
      <div className="mt-1">{children}</div>
    </div>
  );
}

function changesInWords({ before, after, agree }: Changes): string {
  if (before.size === 0 && after.size === 0) return "Token for token the same answer.";
  const start = agree === 0 ? "They differ from the first token on" : `The first ${plural(agree, "token")} agree`;
  return `${start}; marked: ${plural(before.size, "token")} only before, ${plural(after.size, "token")} only after.`;
}
