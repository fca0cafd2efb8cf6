import { memo, type ReactNode, useMemo } from "react";
import type { Run, Token } from "@/api/types";
import { TokenView } from "@/components/ui/token-view";
import { movedFrom, type Side } from "@/features/chat/model/comparison";
import type { Segment } from "@/features/chat/model/segments";
import type { Cell } from "@/lib/cells";
import { actsAt, markOf } from "@/lib/interventions";
import { ROLES } from "@/lib/roles";
import { holds, parseSpan } from "@/lib/span";

export type Speaker = keyof typeof ROLES;

/** How every turn is set; each of its lines runs in the direction of its own first letter. */
const TEXT = "font-read text-read whitespace-pre-wrap [overflow-wrap:anywhere] [unicode-bidi:plaintext]";

interface FrameProps {
  speaker: Speaker;
  /** What can be done with the turn: seen while it is pointed at or has the focus. */
  act?: ReactNode;
  children: ReactNode;
}

/** A turn's place on the page: who speaks stands in the margin, what is said in the column. */
export function TurnFrame({ speaker, act, children }: FrameProps) {
  const asked = speaker === "user" || speaker === "system";
  return (
    <div className="turn grid gap-x-5 gap-y-0.5 @2xl:grid-cols-[3.5rem_minmax(0,1fr)]">
      <div className="flex select-none items-center gap-1 text-muted @2xl:relative @2xl:block @2xl:text-right">
        <p className="pt-[0.3rem]">{ROLES[speaker]}</p>
        {act && <span className="turn-act -my-1 @2xl:absolute @2xl:top-7 @2xl:-right-1 @2xl:my-0">{act}</span>}
      </div>
      <div className={`min-w-0 max-w-[40rem] ${asked ? "text-muted" : ""}`}>{children}</div>
    </div>
  );
}

interface TokensProps {
  run: string;
  interventions: Run["interventions"];
  replyFrom: number;
  /** Tokens from `replyFrom` up to here were given, not written. */
  writtenFrom: number;
  segment: Segment;
  markers: boolean;
  /** The token explained. */
  selected: number | null;
  /** The token that the Tab key reaches. */
  home: number | null;
  /** `3:9`: the tokens chosen as the place of a change. */
  span: string | null;
  /** How it compares with the answer beside it. */
  side: Side | null;
  writing: boolean;
}

/** A turn's tokens, as text. What concerns other turns is best left out of its props: then it is not drawn again. */
export const TurnTokens = memo(function TurnTokens(props: TokensProps) {
  const { run, interventions, replyFrom, writtenFrom, segment, markers, selected, home, span, side, writing } = props;
  const marks = useMemo(() => {
    const changed = { interventions, reply_from: replyFrom };
    return new Map(segment.cells.map((cell) => [cell, markOf(actsAt(changed, cell.parts))]));
  }, [segment, interventions, replyFrom]);
  const chosen = parseSpan(span);
  const draw = (cell: Cell) => (
    <TokenView
      key={cell.parts[0]?.pos}
      run={run}
      cell={cell}
      selected={isAt(selected, cell.parts)}
      home={isAt(home, cell.parts)}
      spanned={chosen !== null && cell.parts.some((part) => holds(chosen, part.pos))}
      steered={marks.get(cell) ?? null}
      given={cell.token.pos >= replyFrom && cell.token.pos < writtenFrom}
      changed={side !== null && cell.parts.some((part) => side.changed.has(part.pos))}
      moved={side && movedFrom(side.twins.get(cell.token.pos), cell.token)}
    />
  );
  return (
    <p dir="auto" className={`${TEXT} ${writing ? "caret" : ""}`}>
      {segment.blocks.map(({ key, code, cells }) => {
        const drawn = cells.filter((cell) => markers || !cell.token.marker).map(draw);
        return code ? (
          <code key={key} dir="ltr" className="code">
            {drawn}
          </code>
        ) : (
          drawn
        );
      })}
    </p>
  );
});

function isAt(pos: number | null, parts: readonly Token[]): boolean {
  return pos !== null && parts.some((part) => part.pos === pos);
}

/** What a turn says as plain text, where its tokens are not known. */
export function PlainText({ text }: { text: string }) {
  return (
    <p dir="auto" className={TEXT}>
      {text}
    </p>
  );
}
