import { scoreText, surenessOf } from "@/lib/score";

interface Props {
  score: number | null;
  className?: string;
}

/** A description's score as a length and a number; hollow where it says little. */
export function ScoreBar({ score, className = "" }: Props) {
  const sureness = surenessOf(score);
  const fill = sureness === "sure" ? "bg-active" : "border border-active";
  return (
    <span className={`flex items-center gap-1.5 ${className}`}>
      <span aria-hidden="true" className="block h-2 w-9 shrink-0 border-edge border-l bg-sunk">
        <span
          className={`block h-full ${fill} ${score === null || score <= 0 ? "hidden" : ""}`}
          style={{ width: `${Math.min(1, Math.max(0.03, score ?? 0)) * 100}%` }}
        />
      </span>
      <span className={sureness === "sure" ? "" : "text-muted"}>
        <span className="sr-only">score </span>
        {scoreText(score)}
      </span>
    </span>
  );
}
