import { scoreText, surenessOf } from "@/lib/score";

interface Props {
  summary: string;
  /** The whole sentence, where it says more than the summary. */
  description: string | null;
  score: number | null;
  /** On one line, the words cut where they are too long; the score stays. */
  cut?: boolean;
  /** Its score is drawn beside it, and not repeated. */
  drawn?: boolean;
}

/**
 * What a feature fires on, in a few words, as plain text, with its score: faint where the words predict little of what
 * it does.
 */
export function SummaryText({ summary, description, score, cut = false, drawn = false }: Props) {
  const sureness = surenessOf(score);
  const whole = [description ?? summary, score === null ? "" : `Score ${scoreText(score)}.`];
  return (
    <span
      title={whole.filter(Boolean).join(" ")}
      data-sureness={sureness}
      className={`min-w-0 ${cut ? "flex items-baseline" : ""}`}
    >
      <span dir="auto" className={`min-w-0 ${cut ? "truncate" : "[overflow-wrap:anywhere]"}`}>
        {sureness === "unsure" && (
          <span className="mr-1.5 rounded-sm border border-rule px-1 text-mono text-muted">unsure</span>
        )}
        <span className={sureness === "sure" ? "" : "text-muted"}>{summary}</span>
      </span>
      {!drawn && (
        <span className="ml-1.5 shrink-0 text-mono text-muted">
          <span className="sr-only">score </span>
          {scoreText(score)}
        </span>
      )}
    </span>
  );
}
