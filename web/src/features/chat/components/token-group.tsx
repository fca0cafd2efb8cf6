import { type KeyboardEvent, type MouseEvent, type PointerEvent, type ReactNode, useEffect, useRef } from "react";
import { FACTS_ID } from "@/components/ui/token-view";
import { type Shown, TokenPopover, tokenElement } from "@/features/chat/components/token-popover";
import { type Place, usePointing } from "@/lib/pointing";
import { isMove, nextIndex } from "@/lib/roving";

const SHOW_MS = 90;
const HIDE_MS = 180;

function placeOf(target: EventTarget): Place | null {
  const element = target instanceof Element ? target.closest<HTMLElement>(".token") : null;
  const { run, pos } = element?.dataset ?? {};
  return run && pos ? { run, pos: Number(pos) } : null;
}

interface Props {
  shown: readonly Shown[];
  /** The token explained; it is kept in view. */
  selected: Place | null;
  className: string;
  onWhy: (place: Place, contrast: number | null) => void;
  onHome: (place: Place) => void;
  onClear: () => void;
  children: ReactNode;
}

/** All tokens as one focus stop: arrows move, Enter explains, Esc clears; pointing and focus show the same popover. */
export function TokenGroup({ shown, selected, className, onWhy, onHome, onClear, children }: Props) {
  const group = useRef<HTMLDivElement>(null);
  const timer = useRef(0);
  const over = useRef("");
  const touched = useRef(false);
  const pressed = useRef(false);
  const point = usePointing((state) => state.point);
  useEffect(() => () => clearTimeout(timer.current), []);
  const [run, pos] = [selected?.run, selected?.pos];
  useEffect(() => {
    if (run === undefined || pos === undefined) return;
    tokenElement(group.current, { run, pos })?.scrollIntoView({ block: "nearest" });
  }, [run, pos]);

  const later = (place: Place | null, ms: number): void => {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => point(place), ms);
  };
  /** Only a pointer that moves points: text that appears under a resting one is left alone. */
  const move = (event: PointerEvent): void => {
    if (event.pointerType !== "mouse" || event.buttons !== 0 || (event.movementX === 0 && event.movementY === 0))
      return;
    const place = placeOf(event.target);
    const at = `${place?.run} ${place?.pos}`;
    if (place && at !== over.current) later(place, SHOW_MS);
    over.current = at;
  };
  const leave = (event: PointerEvent): void => {
    if (event.pointerType !== "mouse") return;
    over.current = "";
    later(null, HIDE_MS);
  };
  const click = (event: MouseEvent): void => {
    const place = placeOf(event.target);
    if (!place || getSelection()?.isCollapsed === false) return;
    clearTimeout(timer.current);
    onHome(place);
    if (touched.current) point(place);
    else onWhy(place, null);
  };
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    const place = placeOf(event.target);
    if (!place) return;
    if (isMove(event.key)) {
      const tokens = [...event.currentTarget.querySelectorAll<HTMLElement>(".token")];
      const from = tokens.findIndex((token) => token.contains(document.activeElement));
      const boxes = tokens.map((token) => token.getBoundingClientRect());
      tokens[nextIndex(event.key, from, boxes)]?.focus();
    } else if (event.key === "Enter" || event.key === " ") onWhy(place, null);
    else if (event.key === "Escape") {
      clearTimeout(timer.current);
      if (usePointing.getState().at) point(null);
      else onClear();
    } else if (event.key === "Tab" && !event.shiftKey) {
      const first = group.current?.querySelector<HTMLElement>(`#${FACTS_ID} button`);
      if (!first) return;
      first.focus();
    } else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a form
    <div
      ref={group}
      role="group"
      aria-label="Conversation, token by token"
      className={className}
      onPointerMove={move}
      onPointerDown={(event) => {
        touched.current = event.pointerType === "touch";
        pressed.current = true;
      }}
      onPointerUp={() => {
        pressed.current = false;
      }}
      onPointerOut={leave}
      onClick={click}
      onKeyDown={press}
      onFocus={(event) => {
        const place = placeOf(event.target);
        if (!place) return;
        onHome(place);
        if (!pressed.current) later(place, 0);
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) later(null, HIDE_MS);
      }}
    >
      {children}
      <TokenPopover
        group={group}
        shown={shown}
        onWhy={(place, contrast) => {
          point(null);
          tokenElement(group.current, place)?.focus({ preventScroll: true });
          clearTimeout(timer.current);
          onWhy(place, contrast);
        }}
        onEnter={() => clearTimeout(timer.current)}
        onLeave={() => later(null, HIDE_MS)}
      />
    </div>
  );
}
