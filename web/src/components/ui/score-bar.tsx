import { SCORE_MEANING, scoreText, surenessOf } from "@/lib/score";
import { Explained } from "./explained";

interface Props {
  score: number | null;
  /** It says what a score is by itself, where nothing above it does. */
  explained?: boolean;
  className?: string;
}

/** A description's score as a length and a number; hollow where it says little. */
export function ScoreBar({ score, explained = false, className = "" }: Props) {
  const sureness = surenessOf(score);
  const fill = sureness === "sure" ? "bg-active" : "border border-active";
  const number = (
    <>
      <span className="sr-only">score </span>
      {scoreText(score)}
    </>
  );
  return (
    <span className={`flex items-center gap-1.5 ${className}`}>
      <span aria-hidden="true" className="block h-2 w-9 shrink-0 border-edge border-l bg-sunk">
        <span
          className={`block h-full ${fill} ${score === null || score <= 0 ? "hidden" : ""}`}
          style={{ width: `${Math.min(1, Math.max(0.03, score ?? 0)) * 100}%` }}
        />
      </span>
      <span className={sureness === "sure" ? "" : "text-muted"}>
        {explained ? <Explained meaning={SCORE_MEANING}>{number}</Explained> : number}
      </span>
    </span>
  );
}
