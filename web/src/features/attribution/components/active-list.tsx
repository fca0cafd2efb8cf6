import type { ReactNode } from "react";
import type { Active, Run, Token } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Explained } from "@/components/ui/explained";
import { ProblemNote } from "@/components/ui/problem-note";
import { ProgressLine } from "@/components/ui/progress-line";
import { QueueNote } from "@/components/ui/queue-note";
import { useFiring } from "@/features/attribution/api/firing";
import { useActive } from "@/features/attribution/api/get-active";
import { ActiveRow } from "@/features/attribution/components/active-row";
import { PanelHeading } from "@/features/attribution/components/panel-heading";
import { SiteFacts } from "@/features/attribution/components/site-facts";
import { ListHead, SiteList } from "@/features/attribution/components/site-list";
import { useRowPointing } from "@/features/attribution/components/use-row-pointing";
import { spanInWords } from "@/features/attribution/model/part";
import { unitOf } from "@/features/attribution/model/unit";
import { plural } from "@/lib/format";
import { placeKey } from "@/lib/pointing";
import { problemOf } from "@/lib/problem";
import type { Span } from "@/lib/span";
import { go, useView } from "@/lib/view-state";

interface Props {
  run: Run;
  token: Token;
  /** The range that is selected in the text. */
  span: Span | null;
  open: string | null;
  actions: (active: Active) => ReactNode;
}

const NONE: readonly Active[] = [];

/** What stands out by its activation at a token, or at the tokens selected. */
export function ActiveList({ run, token, span, open, actions }: Props) {
  const own = { from: token.pos, to: token.pos + 1 };
  const alone = useView().alone === true;
  const of = placeKey({ run: run.id, pos: token.pos });
  const at = span && !alone ? span : own;
  const { data, error, refetch } = useActive(run.id, at);
  const effects = data?.effects ?? NONE;
  const firing = useFiring(run.id, effects, true);
  const pointing = useRowPointing(run.id, effects, firing);
  const unit = unitOf(data?.scale ?? "");
  const scale = Math.max(1e-9, ...effects.map((active) => active.normalised));
  const meaning = `Activation as a multiple of the ${data?.scale}. The thin line stands at 1 ×.`;
  return (
    <>
      <PanelHeading run={run} token={token} words="Active at" span={at === span ? span : null} />
      <div {...pointing} className="effect-list" data-told={effects.some((active) => active.summary) ? "" : undefined}>
        <div className="flex min-h-8 flex-wrap items-center gap-x-1 border-rule border-y bg-panel px-2 py-0.5">
          {span ? <Reach own={own} span={span} alone={alone} /> : <span className="px-2">{spanInWords(own)}</span>}
          <span className="flex-1" />
          {data && (
            <span className="pr-2 text-muted">
              {plural(effects.length, "feature")}, in <Explained meaning={meaning}>× {unit}</Explained>
            </span>
          )}
        </div>
        {at.from === 0 && (
          <p className="px-4 pt-1.5 text-muted">
            The first token of all serves attention as a sink: activations there are hundreds of times larger than
            anywhere else, and say little about the text.
          </p>
        )}
        {!data && !error && (
          <div className="px-4 py-3">
            <ProgressLine label="Reading activations" done={null} total={null} />
            <p className="mt-1.5 text-muted">
              One pass forward
              <QueueNote />
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
        {data && effects.length === 0 && <p className="px-4 py-3 text-muted">Nothing is active there.</p>}
        {effects.length > 0 && (
          <>
            <ListHead
              of={of}
              sites={effects}
              bar={<span>0</span>}
              number={<Explained meaning={meaning}>activation</Explained>}
            />
            <SiteList
              of={of}
              label="Features, farthest out first"
              sites={effects}
              tokens={run.tokens}
              open={open}
              row={(active, { key, ...given }) => (
                <ActiveRow key={key} active={active} scale={scale} unit={unit} {...given} />
              )}
              inside={(active) => (
                <>
                  <SiteFacts site={active} unit={unit} />
                  <div className="mt-2 pl-6">{actions(active)}</div>
                </>
              )}
            />
          </>
        )}
      </div>
    </>
  );
}

interface ReachProps {
  own: Span;
  span: Span;
  /** Only the token itself is looked at. */
  alone: boolean;
}

/** The token itself, or the tokens selected in the text. */
function Reach({ own, span, alone }: ReachProps) {
  return (
    <>
      <Button look="bare" aria-pressed={!alone} onClick={() => go({ alone: null }, "replace")}>
        {spanInWords(span)}, selected
      </Button>
      <Button look="bare" aria-pressed={alone} onClick={() => go({ alone: true }, "replace")}>
        {spanInWords(own)}
      </Button>
    </>
  );
}
