import { memo, type ReactNode } from "react";
import type { Run } from "@/api/types";
import { TokenView } from "@/components/ui/token-view";
import type { Segment } from "@/features/chat/model/segments";
import { steeredAt } from "@/lib/interventions";

const ROLES = { system: "System", user: "You", assistant: "Model", text: "Text" } as const;

/** A turn's place on the page: who speaks stands in the margin, what is said in the column. */
export function TurnFrame({ speaker, children }: { speaker: keyof typeof ROLES; children: ReactNode }) {
  const asked = speaker === "user" || speaker === "system";
  return (
    <div className="turn grid gap-x-5 gap-y-0.5 @2xl:grid-cols-[3.5rem_minmax(0,1fr)]">
      <p className="select-none pt-[0.3rem] text-muted @2xl:text-right">{ROLES[speaker]}</p>
      <div className={`min-w-0 max-w-[40rem] ${asked ? "text-muted" : ""}`}>{children}</div>
    </div>
  );
}

interface TokensProps {
  run: Run;
  segment: Segment;
  markers: boolean;
  selected: number | null;
  home: number | null;
  changed: ReadonlySet<number> | null;
  writing: boolean;
}

/** A turn's tokens, as text. */
export const TurnTokens = memo(function TurnTokens(props: TokensProps) {
  const { run, segment, markers, selected, home, changed, writing } = props;
  const has = (pos: number | null, parts: readonly { pos: number }[]): boolean =>
    pos !== null && parts.some((part) => part.pos === pos);
  return (
    <p
      dir="auto"
      className={`font-read text-read whitespace-pre-wrap [overflow-wrap:anywhere] ${writing ? "caret" : ""}`}
    >
      {segment.cells
        .filter((cell) => markers || !cell.token.marker)
        .map((cell) => (
          <TokenView
            key={cell.token.pos}
            run={run.id}
            cell={cell}
            selected={has(selected, cell.parts)}
            home={has(home, cell.parts)}
            steered={steeredAt(run, cell.token)}
            changed={changed?.has(cell.token.pos) ?? false}
          />
        ))}
    </p>
  );
});

/** A turn as plain text, where its tokens are not known yet. */
export function PlainTurn({ speaker, text }: { speaker: keyof typeof ROLES; text: string }) {
  return (
    <TurnFrame speaker={speaker}>
      <p dir="auto" className="font-read text-read whitespace-pre-wrap [overflow-wrap:anywhere]">
        {text}
      </p>
    </TurnFrame>
  );
}
