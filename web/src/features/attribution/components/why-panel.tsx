import { type ReactNode, useState } from "react";
import type { Effect, Run, Token } from "@/api/types";
import { Button } from "@/components/ui/button";
import { ProblemNote } from "@/components/ui/problem-note";
import { ProgressLine } from "@/components/ui/progress-line";
import { useWhy, type WhyQuestion } from "@/features/attribution/api/stream-why";
import { EffectList } from "@/features/attribution/components/effect-list";
import { VerificationNote } from "@/features/attribution/components/verification-note";
import { WhyHeading } from "@/features/attribution/components/why-heading";
import { plural } from "@/lib/format";
import { usePointing } from "@/lib/pointing";
import { problemOf } from "@/lib/problem";

interface Props {
  run: Run;
  token: Token;
  contrast: number | null;
  feature: string | null;
  /** Suppresses a set of features in the next answer; they were chosen at these positions. */
  onSuppress: (features: string[], positions: number[]) => void;
  /** What steering offers for one row. */
  clamp: (effect: Effect) => ReactNode;
}

/** Why one token came: what promoted it and what held it back. Mount it anew for every question. */
export function WhyPanel({ run, token, contrast, feature, onSuppress, clamp }: Props) {
  const question: WhyQuestion = { run: run.id, pos: token.pos, contrast };
  const { data: why, error, refetch } = useWhy(question);
  const [sets, setSets] = useState<string[][]>([]);
  const verify = (features: string[]): void =>
    setSets((now) => [features, ...now.filter((one) => one.join() !== features.join())]);
  const waiting = !error && (!why || why.effects.length === 0) && why?.seconds == null;
  return (
    <section aria-label="Why this token" className="@container flex min-h-full flex-col">
      <WhyHeading token={token} contrast={contrast} why={why} steered={run.interventions.length > 0} />
      {waiting && (
        <div className="px-4 py-3">
          <ProgressLine label="Finding what promoted it" done={null} total={null} />
          <p className="mt-1.5 text-muted">
            {why?.position
              ? `The model is busy: ${plural(why.position, "request")} ahead`
              : "One pass forward, one back"}
          </p>
        </div>
      )}
      {error && (
        <div className="px-4 py-3">
          <ProblemNote problem={problemOf(error)}>
            <Button onClick={() => void refetch()}>Try again</Button>
          </ProblemNote>
        </div>
      )}
      {sets.map((features) => (
        <VerificationNote
          key={features.join()}
          question={question}
          features={features}
          onClose={() => setSets((now) => now.filter((one) => one !== features))}
        />
      ))}
      {why && why.effects.length > 0 && (
        <EffectList
          why={why}
          run={run.id}
          tokens={run.tokens}
          open={feature}
          actions={(effect) => (
            <div className="flex flex-wrap items-center gap-2">
              {clamp(effect)}
              <Button onClick={() => verify([effect.id])}>Verify</Button>
            </div>
          )}
        />
      )}
      <Chosen onSuppress={onSuppress} onVerify={verify} />
    </section>
  );
}

/** What can be done with the rows chosen. */
function Chosen({ onSuppress, onVerify }: { onSuppress: Props["onSuppress"]; onVerify: (ids: string[]) => void }) {
  const chosen = usePointing((state) => state.chosen);
  const choose = usePointing((state) => state.choose);
  if (chosen.length === 0) return null;
  const features = [...new Set(chosen.map((key) => key.split("@")[0] ?? key))];
  return (
    <div className="sticky bottom-0 mt-auto flex flex-wrap items-center gap-2 border-ink border-t bg-paper px-4 py-2">
      <span className="font-semibold">{plural(features.length, "feature")} chosen</span>
      <span className="flex-1" />
      <Button onClick={() => onSuppress(features, chosen.map(posOf))}>Suppress</Button>
      <Button onClick={() => onVerify(features)}>Verify</Button>
      <Button look="bare" onClick={() => choose([])}>
        Clear
      </Button>
    </div>
  );
}

/** The position in a row's key, `id@pos`. */
function posOf(key: string): number {
  return Number(key.split("@")[1]);
}
