import { type RefObject, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";
import { type Chosen, chosenIn } from "@/features/chat/components/token-elements";
import { plural } from "@/lib/format";
import { around } from "@/lib/span";

/** How long a selection rests before something is offered beside it. */
const REST_MS = 150;

interface Offer {
  chosen: Chosen;
  /** The last token selected, to stand beside. */
  anchor: HTMLElement;
}

interface Props {
  group: RefObject<HTMLDivElement | null>;
  onSpan: (chosen: Chosen) => void;
}

/** What text selected with the mouse or a finger can be used for, beside copying it. */
export function SelectionOffer({ group, onSpan }: Props) {
  const [offer, setOffer] = useState<Offer | null>(null);
  useEffect(() => {
    let timer = 0;
    let pressed = false;
    const look = (): void => {
      clearTimeout(timer);
      if (getSelection()?.isCollapsed !== false) setOffer(null);
      else if (!pressed) timer = window.setTimeout(() => setOffer(offerIn(group.current)), REST_MS);
    };
    const press = (event: PointerEvent): void => {
      pressed = event.type === "pointerdown";
      look();
    };
    document.addEventListener("selectionchange", look);
    for (const type of ["pointerdown", "pointerup", "pointercancel"] as const) addEventListener(type, press);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("selectionchange", look);
      for (const type of ["pointerdown", "pointerup", "pointercancel"] as const) removeEventListener(type, press);
    };
  }, [group]);

  if (!offer) return null;
  const { chosen, anchor } = offer;
  const use = (): void => {
    getSelection()?.removeAllRanges();
    setOffer(null);
    onSpan(chosen);
  };
  const n = chosen.span.to - chosen.span.from;
  return (
    <Popover
      anchor={anchor}
      placement="bottom-end"
      className="p-1"
      // A press on the button leaves the text selected.
      onMouseDown={(event) => event.preventDefault()}
    >
      <Button look="bare" onClick={use}>
        Choose {n === 1 ? "this token" : `these ${plural(n, "token")}`} as the place of a change
      </Button>
    </Popover>
  );
}

/** The tokens of one answer that the selection touches; null where it touches none, or two answers. */
function offerIn(group: HTMLElement | null): Offer | null {
  const selection = getSelection();
  if (!group || !selection || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const elements = [...group.querySelectorAll<HTMLElement>(".token")].filter((element) => takes(range, element));
  const [first, last] = [elements[0], elements.at(-1)];
  const [start, end] = [first && chosenIn(first), last && chosenIn(last)];
  if (!last || !start || !end || start.run !== end.run) return null;
  return { chosen: { run: end.run, span: around(start.span, end.span) }, anchor: last };
}

/** Whether some of the element's text is selected; a selection that ends where the text begins takes nothing of it. */
function takes(range: Range, element: HTMLElement): boolean {
  if (!range.intersectsNode(element)) return false;
  const { startContainer, startOffset, endContainer, endOffset } = range;
  const after = element.contains(startContainer) && startOffset >= (startContainer.textContent?.length ?? 0);
  const before = element.contains(endContainer) && endOffset === 0;
  return !after && !before;
}
