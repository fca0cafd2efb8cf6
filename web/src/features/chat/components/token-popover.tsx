import { type KeyboardEvent, type RefObject, useEffect, useState } from "react";
import type { Run } from "@/api/types";
import { Popover } from "@/components/ui/popover";
import { FACTS_ID } from "@/components/ui/token-view";
import { type Chosen, tokenElement } from "@/features/chat/components/token-elements";
import { TokenFacts } from "@/features/chat/components/token-facts";
import type { From } from "@/features/chat/components/use-asking";
import type { Side } from "@/features/chat/model/comparison";
import { cellAt, type Segment } from "@/features/chat/model/segments";
import { spanOf } from "@/lib/cells";
import { actsAt } from "@/lib/interventions";
import { type Place, usePointing } from "@/lib/pointing";

export interface Shown {
  run: Run;
  segments: readonly Segment[];
  /** How it compares with the answer beside it, and what that one is called. */
  beside: { twins: Side["twins"]; title: string } | null;
}

interface Props {
  group: RefObject<HTMLDivElement | null>;
  shown: readonly Shown[];
  onWhy: (place: Place, contrast: number | null) => void;
  onSpan: (chosen: Chosen) => void;
  /** Null while nothing can be asked. */
  onGoOn: ((from: From) => void) | null;
  onEnter: () => void;
  onLeave: () => void;
}

/** The one popover of the conversation, beside whichever token is pointed at or has the focus. */
export function TokenPopover({ group, shown, onWhy, onSpan, onGoOn, onEnter, onLeave }: Props) {
  const at = usePointing((state) => state.at);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  useEffect(() => setAnchor(at ? tokenElement(group.current, at) : null), [at, group]);

  const answer = shown.find((one) => one.run.id === at?.run);
  const cell = at && answer?.segments.flatMap((segment) => cellAt(segment.cells, at.pos) ?? [])[0];
  if (!at || !anchor || !answer || !cell) return null;
  const twin = answer.beside?.twins.get(cell.token.pos);

  const { run } = answer;
  const { pos } = cell.token;
  const goOn = pos >= run.reply_from && run.state !== "running" ? onGoOn : null;

  const back = (event: KeyboardEvent<HTMLElement>): void => {
    const first = event.currentTarget.querySelector("button");
    const leaving =
      event.key === "Escape" || (event.key === "Tab" && event.shiftKey && document.activeElement === first);
    if (!leaving) return;
    event.preventDefault();
    event.stopPropagation();
    anchor.focus();
  };
  return (
    <Popover
      anchor={anchor}
      id={FACTS_ID}
      role="group"
      aria-label="About this token"
      onPointerEnter={onEnter}
      onPointerLeave={onLeave}
      onKeyDown={back}
    >
      <TokenFacts
        cell={cell}
        twin={answer.beside && twin ? { token: twin, title: answer.beside.title } : null}
        acts={actsAt(run, cell.parts)}
        given={pos >= run.reply_from && pos < run.n_prompt}
        onWhy={(pos) => onWhy({ run: at.run, pos }, null)}
        onWhyNot={(pos, id) => onWhy({ run: at.run, pos }, id)}
        onPlace={() => onSpan({ run: at.run, span: spanOf(cell) })}
        onTake={goOn && ((token) => goOn({ run, pos, token }))}
        onAnew={goOn && (() => goOn({ run, pos: Math.max(spanOf(cell).from, run.reply_from), token: null }))}
      />
    </Popover>
  );
}
