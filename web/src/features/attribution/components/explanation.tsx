import type { ReactNode } from "react";
import type { Run, Token } from "@/api/types";
import { Button } from "@/components/ui/button";
import { ProblemNote } from "@/components/ui/problem-note";
import { ProgressLine } from "@/components/ui/progress-line";
import { useWhy, type WhyQuestion } from "@/features/attribution/api/stream-why";
import { EffectList } from "@/features/attribution/components/effect-list";
import { WhyHeading } from "@/features/attribution/components/why-heading";
import type { Site } from "@/features/attribution/model/rows";
import { plural } from "@/lib/format";
import { problemOf } from "@/lib/problem";

interface Props {
  run: Run;
  token: Token;
  question: WhyQuestion;
  open: string | null;
  actions: (site: Site) => ReactNode;
}

/** What promoted a token and what held it back. Leaving it closes the question. */
export function Explanation({ run, token, question, open, actions }: Props) {
  const { data: why, error, refetch } = useWhy(question);
  const some = why !== undefined && why.effects.length > 0;
  return (
    <>
      <WhyHeading run={run} token={token} contrast={question.contrast} why={why} />
      {!some && !error && why?.seconds == null && (
        <div className="px-4 py-3">
          <ProgressLine label="Finding what promoted it" done={null} total={null} />
          <p className="mt-1.5 text-muted">
            {why?.position
              ? `The model is busy: ${plural(why.position, "request")} ahead`
              : "One pass forward, one back"}
          </p>
        </div>
      )}
      {!some && why?.seconds != null && (
        <p className="px-4 py-3 text-muted">Nothing that counts stands before this token, so nothing can explain it.</p>
      )}
      {error && (
        <div className="px-4 py-3">
          <ProblemNote problem={problemOf(error)}>
            <Button onClick={() => void refetch()}>Try again</Button>
          </ProblemNote>
        </div>
      )}
      {some && (
        <EffectList
          why={why}
          question={question}
          run={run}
          settled={why.seconds !== null || error !== null}
          open={open}
          actions={actions}
        />
      )}
    </>
  );
}
