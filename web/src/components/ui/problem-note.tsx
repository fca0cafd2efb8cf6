import type { ReactNode } from "react";
import type { Problem } from "@/api/types";

/** An error as what, why and what instead. */
export function ProblemNote({ problem, children }: { problem: Problem; children?: ReactNode }) {
  return (
    <div role="alert" className="border-ink border-l-2 bg-sunk px-3 py-2">
      <p className="font-semibold first-letter:uppercase">{problem.what}</p>
      {problem.why && <p className="text-muted first-letter:uppercase">{problem.why}</p>}
      {problem.instead && (
        <p>
          <span className="text-muted">Instead: </span>
          {problem.instead}
        </p>
      )}
      {children && <div className="mt-2 flex flex-wrap gap-2">{children}</div>}
    </div>
  );
}
