import { type KeyboardEvent, type MouseEvent, type PointerEvent, type ReactNode, useEffect, useRef } from "react";
import { FACTS_ID } from "@/components/ui/token-view";
import { SelectionOffer } from "@/features/chat/components/selection-offer";
import { type Chosen, EDIT_KEY, editButtonOf, placeOf, tokenElement } from "@/features/chat/components/token-elements";
import { type Shown, TokenPopover } from "@/features/chat/components/token-popover";
import type { From } from "@/features/chat/components/use-asking";
import { useSpanning } from "@/features/chat/components/use-spanning";
import { type Place, usePointing } from "@/lib/pointing";
import { type Box, boxOf, moveOf, nextIndex } from "@/lib/roving";
import { useLights } from "@/lib/use-lights";
import { usePressed } from "@/lib/use-pressed";

const SHOW_MS = 90;
const HIDE_MS = 180;
/** The one token that the Tab key reaches. */
const HOME = ".token[tabindex='0']";

interface Props {
  shown: readonly Shown[];
  /** The token explained; it is kept in view. */
  selected: Place | null;
  /** The tokens chosen as the place of a change. */
  chosen: Chosen | null;
  className: string;
  onWhy: (place: Place, contrast: number | null) => void;
  /** Goes on from a place in an answer; null while nothing can be asked. */
  onGoOn: ((from: From) => void) | null;
  onHome: (place: Place) => void;
  /** Chooses others. */
  onSpan: (chosen: Chosen) => void;
  /** Lets go of what is chosen, the range before the token. */
  onClear: () => void;
  children: ReactNode;
}

/**
 * All tokens as one focus stop: arrows move, Enter explains, E edits, Esc clears; with Shift, arrows and clicks choose a
 * range.
 * Pointing and focus show the same popover.
 */
export function TokenGroup(props: Props) {
  const { shown, selected, chosen, className, onWhy, onGoOn, onHome, onSpan, onClear, children } = props;
  const group = useRef<HTMLDivElement>(null);
  const timer = useRef(0);
  const over = useRef("");
  const touched = useRef(false);
  const pressed = usePressed();
  const point = usePointing((state) => state.point);
  const spanning = useSpanning(chosen, onSpan);
  useLights(group);
  useEffect(() => () => clearTimeout(timer.current), []);
  const [run, pos] = [selected?.run, selected?.pos];
  useEffect(() => {
    if (run === undefined || pos === undefined) return;
    tokenElement(group.current, { run, pos })?.scrollIntoView({ block: "nearest" });
  }, [run, pos]);

  /** Text is selected, as for copying. */
  const selecting = (): boolean => {
    const selection = getSelection();
    return selection?.isCollapsed === false && group.current?.contains(selection.anchorNode) === true;
  };
  const later = (place: Place | null, ms: number): void => {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => point(place), ms);
  };
  /** Only a pointer that moves points: text that appears under a resting one is left alone, and so is a selection. */
  const move = (event: PointerEvent): void => {
    if (event.pointerType !== "mouse" || event.buttons !== 0 || (event.movementX === 0 && event.movementY === 0))
      return;
    if (selecting()) return;
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
    if (!place || selecting()) return;
    clearTimeout(timer.current);
    if (event.shiftKey) extend(event.currentTarget.querySelector(HOME), tokenElement(group.current, place));
    else {
      spanning.drop();
      onHome(place);
      if (touched.current) point(place);
      else onWhy(place, null);
    }
  };
  /** Takes the focus along, and no popover into the way. */
  const extend = (from: Element | null, to: HTMLElement | null): void => {
    if (!to) return;
    to.focus();
    later(null, 0);
    spanning.extend(from, to);
  };
  /** What was chosen by a button: the focus goes to where it begins. */
  const use = (next: Chosen): void => {
    tokenElement(group.current, { run: next.run, pos: next.span.from })?.focus({ preventScroll: true });
    later(null, 0);
    spanning.drop();
    onSpan(next);
  };
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    const place = placeOf(event.target);
    if (!place) return;
    const way = moveOf(event);
    if (way) {
      const tokens = [...event.currentTarget.querySelectorAll<HTMLElement>(".token")];
      const from = tokens.findIndex((token) => token.contains(document.activeElement));
      const boxAt = (index: number): Box => boxOf(tokens[index] ?? event.currentTarget);
      const to = tokens[nextIndex(way, from, tokens.length, boxAt)] ?? null;
      if (event.shiftKey) extend(tokens[from] ?? null, to);
      else {
        spanning.drop();
        to?.focus();
      }
    } else if (event.key === "Enter" || event.key === " ") onWhy(place, null);
    else if (event.key === EDIT_KEY && !event.ctrlKey && !event.metaKey && !event.altKey) {
      later(null, 0);
      editButtonOf(event.target)?.click();
    } else if (event.key === "Escape") {
      clearTimeout(timer.current);
      spanning.drop();
      if (selecting()) getSelection()?.removeAllRanges();
      else if (usePointing.getState().at) point(null);
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
        pressed.press();
      }}
      // With Shift a click chooses tokens, where the browser would select text.
      onMouseDown={(event) => event.shiftKey && placeOf(event.target) && event.preventDefault()}
      onPointerOut={leave}
      onClick={click}
      onKeyDown={press}
      onFocus={(event) => {
        const place = placeOf(event.target);
        if (!place) return;
        onHome(place);
        if (!pressed.is()) later(place, 0);
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) later(null, HIDE_MS);
      }}
    >
      {children}
      <TokenPopover
        group={group}
        shown={shown}
        onSpan={use}
        onWhy={(place, contrast) => {
          point(null);
          tokenElement(group.current, place)?.focus({ preventScroll: true });
          clearTimeout(timer.current);
          onWhy(place, contrast);
        }}
        onGoOn={
          onGoOn &&
          ((from) => {
            point(null);
            tokenElement(group.current, { run: from.run.id, pos: from.pos })?.focus({ preventScroll: true });
            clearTimeout(timer.current);
            onGoOn(from);
          })
        }
        onEnter={() => clearTimeout(timer.current)}
        onLeave={() => later(null, HIDE_MS)}
      />
      <SelectionOffer group={group} onSpan={use} />
    </div>
  );
}
