import type { ReactNode } from "react";
import type { Problem } from "@/api/types";

/** The server's own words for how long to wait. */
const AGAIN = /^try again in [\d.]+ s$/i;

/** An error as what, why and what instead, and when it is worth another try. */
export function ProblemNote({ problem, children }: { problem: Problem; children?: ReactNode }) {
  const { instead, retry_after_s: after } = problem;
  const told = after == null || !AGAIN.test(instead);
  return (
    <div role="alert" className="border-ink border-l-2 bg-sunk px-3 py-2">
      <p className="font-semibold first-letter:uppercase">{problem.what}</p>
      {problem.why && <p className="text-muted first-letter:uppercase">{problem.why}</p>}
      {instead && told && (
        <p>
          <span className="text-muted">Instead: </span>
          {instead}
        </p>
      )}
      {after != null && <p>Again in about {Math.max(1, Math.round(after))} s</p>}
      {children && <div className="mt-2 flex flex-wrap gap-2">{children}</div>}
    </div>
  );
}
