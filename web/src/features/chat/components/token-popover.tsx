import { type KeyboardEvent, type RefObject, useEffect, useState } from "react";
import { Popover } from "@/components/ui/popover";
import { FACTS_ID } from "@/components/ui/token-view";
import { TokenFacts } from "@/features/chat/components/token-facts";
import { cellAt, type Segment } from "@/features/chat/model/segments";
import { type Place, usePointing } from "@/lib/pointing";

export interface Shown {
  run: string;
  segments: readonly Segment[];
}

interface Props {
  group: RefObject<HTMLDivElement | null>;
  shown: readonly Shown[];
  onWhy: (place: Place, contrast: number | null) => void;
  onEnter: () => void;
  onLeave: () => void;
}

export function tokenElement(group: HTMLElement | null, place: Place): HTMLElement | null {
  return group?.querySelector<HTMLElement>(`[data-run="${CSS.escape(place.run)}"][data-pos="${place.pos}"]`) ?? null;
}

/** The one popover of the conversation, beside whichever token is pointed at or has the focus. */
export function TokenPopover({ group, shown, onWhy, onEnter, onLeave }: Props) {
  const at = usePointing((state) => state.at);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  useEffect(() => setAnchor(at ? tokenElement(group.current, at) : null), [at, group]);

  const segments = shown.find((one) => one.run === at?.run)?.segments ?? [];
  const cell = at && segments.flatMap((segment) => cellAt(segment.cells, at.pos) ?? [])[0];
  if (!at || !anchor || !cell) return null;

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
        token={cell.token}
        parts={cell.parts}
        onWhy={(pos) => onWhy({ run: at.run, pos }, null)}
        onWhyNot={(pos, id) => onWhy({ run: at.run, pos }, id)}
      />
    </Popover>
  );
}
