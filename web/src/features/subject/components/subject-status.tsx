import type { Subject } from "@/api/types";
import { ProblemNote } from "@/components/ui/problem-note";
import { ProgressLine } from "@/components/ui/progress-line";
import { count } from "@/lib/format";

interface Props {
  subject: Subject | undefined;
  offline: boolean;
}

/** What keeps the page from being used: a model on its way, one that could not be had, a server out of reach. */
export function SubjectStatus({ subject, offline }: Props) {
  if (offline)
    return (
      <p role="status" className="border-rule border-b bg-sunk px-4 py-1.5">
        <span className="font-semibold">The server is out of reach.</span>{" "}
        <span className="text-muted">Trying again every two seconds; nothing is lost.</span>
      </p>
    );
  if (subject?.state === "failed" && subject.problem)
    return (
      <div className="border-rule border-b p-4">
        <ProblemNote problem={subject.problem} />
      </div>
    );
  if (subject && subject.state !== "loading") return null;
  const progress = subject?.progress ?? null;
  return (
    <div role="status" className="border-rule border-b bg-panel px-4 pt-2 pb-2.5">
      <p className="mb-1.5">
        <span className="font-semibold">{progress?.stage ? inWords(progress.stage) : "Looking for the model"}</span>{" "}
        <span className="text-muted">
          {progress?.done != null && progress.total != null && (
            <>
              {count(progress.done)} of {count(progress.total)} {progress.unit}
              {progress.detail ? ", " : ""}
            </>
          )}
          {progress?.detail}
        </span>
      </p>
      <ProgressLine label="Loading the model" done={progress?.done ?? null} total={progress?.total ?? null} />
    </div>
  );
}

function inWords(stage: string): string {
  return stage.charAt(0).toUpperCase() + stage.slice(1);
}
