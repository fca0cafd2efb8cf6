import type { Progress, Subject } from "@/api/types";
import { ProblemNote } from "@/components/ui/problem-note";
import { ProgressLine } from "@/components/ui/progress-line";
import { count } from "@/lib/format";

interface Props {
  subject: Subject | undefined;
  offline: boolean;
  /** The server wants a token that this page does not have. */
  locked: boolean;
}

/** What keeps the page from being used: a model on its way, one that could not be had, a server out of reach or started anew. */
export function SubjectStatus({ subject, offline, locked }: Props) {
  if (offline)
    return (
      <p role="status" className="border-rule border-b bg-sunk px-4 py-1.5">
        <span className="font-semibold">The server is out of reach.</span>{" "}
        <span className="text-muted">Trying again every two seconds; the page goes on where it was.</span>
      </p>
    );
  if (locked)
    return (
      <p role="status" className="border-rule border-b bg-sunk px-4 py-1.5">
        <span className="font-semibold">The server was started anew.</span>{" "}
        <span className="text-muted">Open the address it printed; what you typed is still here.</span>
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
  const { name, takes } = stageInWords(progress?.stage);
  return (
    <div role="status" className="border-rule border-b bg-panel px-4 pt-2 pb-2.5">
      <p className="mb-1.5">
        <span className="font-semibold">{name}</span>{" "}
        <span className="text-muted">{[amount(progress), progress?.detail, takes].filter(Boolean).join(", ")}</span>
      </p>
      <ProgressLine label="Loading the model" done={progress?.done ?? null} total={progress?.total ?? null} />
    </div>
  );
}

const STAGES: Record<string, { name: string; takes: string }> = {
  import: { name: "Starting the engine", takes: "a few seconds" },
  download: { name: "Fetching the model", takes: "once" },
  convert: { name: "Unpacking the model", takes: "once, about half a minute" },
  load: { name: "Loading the model", takes: "a few seconds" },
};

function stageInWords(stage: string | undefined): { name: string; takes: string } {
  if (!stage) return { name: "Looking for the model", takes: "" };
  return STAGES[stage] ?? { name: stage.charAt(0).toUpperCase() + stage.slice(1), takes: "" };
}

function amount(progress: Progress | null): string {
  if (progress?.done == null || !progress.total) return "";
  return `${count(progress.done)} of ${count(progress.total)} ${progress.unit ?? ""}`.trim();
}
