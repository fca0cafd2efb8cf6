import { type ReactNode, useState } from "react";
import type { Run, Token } from "@/api/types";
import { Button } from "@/components/ui/button";
import type { WhyQuestion } from "@/features/attribution/api/stream-why";
import { ActiveList } from "@/features/attribution/components/active-list";
import { type ChangeThem, ChosenBar } from "@/features/attribution/components/chosen-bar";
import { Explanation } from "@/features/attribution/components/explanation";
import { PanelHeading } from "@/features/attribution/components/panel-heading";
import { VerificationNote } from "@/features/attribution/components/verification-note";
import type { Site } from "@/features/attribution/model/rows";
import { placeKey } from "@/lib/pointing";
import type { Span } from "@/lib/span";
import { useView } from "@/lib/view-state";

interface Props {
  run: Run;
  token: Token;
  contrast: number | null;
  feature: string | null;
  /** The range that is selected in the text. */
  span: Span | null;
  onSuppress: ChangeThem;
  /** Null where strengths are not known. */
  onStrengthen: ChangeThem | null;
  /** Keeps a set of features under a name. */
  save: (features: readonly string[]) => ReactNode;
  /** What steering offers for one row. */
  clamp: (site: Site) => ReactNode;
}

/** Why one token came, or what is active at it. Mount it anew for every question. */
export function WhyPanel(props: Props) {
  const { run, token, contrast, feature, span, onSuppress, onStrengthen, save, clamp } = props;
  const active = useView().by === "activation";
  const question: WhyQuestion = { run: run.id, pos: token.pos, contrast };
  const verifying = useVerifying(question, token.logprob !== null);
  const actions = (site: Site): ReactNode => (
    <>
      <div className="flex flex-wrap items-center gap-2">
        {clamp(site)}
        {verifying.button([site.id])}
      </div>
      {verifying.note([site.id])}
    </>
  );
  const common = { run, token, open: feature, actions };
  const explained =
    token.logprob === null ? <FirstToken run={run} token={token} /> : <Explanation {...common} question={question} />;
  return (
    <section
      aria-label={active ? "Active at this token" : "Why this token"}
      className="@container flex h-full flex-col"
    >
      <div className="min-h-0 flex-1 overflow-y-auto">
        {active ? <ActiveList {...common} span={span} /> : explained}
      </div>
      <ChosenBar
        of={placeKey(question)}
        onSuppress={onSuppress}
        onStrengthen={onStrengthen}
        save={save}
        button={verifying.button}
        note={verifying.note}
      />
    </section>
  );
}

function FirstToken({ run, token }: Pick<Props, "run" | "token">) {
  return (
    <>
      <PanelHeading run={run} token={token} words="Why" />
      <p className="px-4 py-2 text-muted">The first token of all has nothing before it that could explain it.</p>
    </>
  );
}

/** What was verified for this question, by the features suppressed: shown where it was asked for. */
function useVerifying(question: WhyQuestion, possible: boolean) {
  const [shown, setShown] = useState<readonly string[]>([]);
  const keyOf = (features: readonly string[]): string => [...features].sort().join(" ");
  const toggle = (key: string): void =>
    setShown((now) => (now.includes(key) ? now.filter((one) => one !== key) : [...now, key]));
  return {
    button: (features: readonly string[]): ReactNode => {
      const key = keyOf(features);
      return (
        possible && (
          <Button aria-expanded={shown.includes(key)} onClick={() => toggle(key)}>
            Verify
          </Button>
        )
      );
    },
    note: (features: readonly string[]): ReactNode => {
      const key = keyOf(features);
      if (!shown.includes(key)) return null;
      return <VerificationNote question={question} features={features} onClose={() => toggle(key)} />;
    },
  };
}
