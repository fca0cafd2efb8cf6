import { scoreText, surenessOf } from "@/lib/score";

interface Props {
  summary: string;
  /** The whole sentence, where it says more than the summary. */
  description: string | null;
  score: number | null;
  className?: string;
}

/** What a feature fires on, in a few words, as plain text: faint where the words predict little of what it does. */
export function SummaryText({ summary, description, score, className = "" }: Props) {
  const sureness = surenessOf(score);
  const whole = [description ?? summary, score === null ? "" : `Score ${scoreText(score)}.`];
  return (
    <span
      dir="auto"
      title={whole.filter(Boolean).join(" ")}
      data-sureness={sureness}
      className={`min-w-0 ${className}`}
    >
      {sureness === "unsure" && (
        <span className="mr-1.5 rounded-sm border border-rule px-1 text-mono text-muted">unsure</span>
      )}
      <span className={sureness === "sure" ? "" : "text-muted"}>{summary}</span>
    </span>
  );
}
