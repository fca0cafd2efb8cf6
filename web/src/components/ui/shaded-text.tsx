import {
  type KeyboardEvent,
  memo,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { Popover } from "@/components/ui/popover";
import { TokenName } from "@/components/ui/token-name";
import { visible } from "@/lib/format";
import { type Box, boxOf, moveOf, nextIndex } from "@/lib/roving";
import { depthOf, type Shade, shadesOf } from "@/lib/shades";
import { usePressed } from "@/lib/use-pressed";

interface Props {
  /** What the text is, to a screen reader. */
  label: string;
  tokens: readonly { text: string }[];
  values: readonly (number | null)[];
  /** The value of the deepest shade; its sign is the feature's. */
  scale: number;
  /** The token that is marked as the peak. */
  peak: number | null;
  /** Half-open range of tokens shown. */
  from: number;
  to: number;
  /** Line breaks as lines; otherwise as signs, so that the text stays short. */
  lines: boolean;
  /** What is said of a token: its number, then where that stands. */
  facts: (shade: Shade) => { value: string; more: string };
}

/**
 * A text shaded by one number a token. It reads, wraps and copies as text; pointing at a token, or moving to it with
 * the arrows, shows the number. The whole text is one focus stop.
 */
export const ShadedText = memo(function ShadedText(props: Props) {
  const { label, tokens, values, scale, peak, from, to, lines, facts } = props;
  const shades = useMemo(() => shadesOf(tokens, values, scale), [tokens, values, scale]);
  const shown = shades.filter(({ at }) => at >= from && at < to);
  const text = useRef<HTMLParagraphElement>(null);
  const [at, setAt] = useState<number | null>(null);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const pressed = usePressed();
  useEffect(() => setAnchor(at === null ? null : elementAt(text.current, at)), [at]);
  const shade = at === null ? undefined : shown.find((one) => one.at === at);

  const move = (event: PointerEvent): void => {
    if (event.pointerType !== "mouse" || event.buttons !== 0) return;
    setAt(atOf(event.target));
  };
  const press = (event: KeyboardEvent<HTMLElement>): void => {
    const way = moveOf(event);
    if (event.key === "Escape" && at !== null) {
      event.stopPropagation();
      setAt(null);
    } else if (way) {
      const elements = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-at]")];
      const now = elements.findIndex((element) => element.dataset.at === String(at ?? peak));
      const boxAt = (index: number): Box => boxOf(elements[index] ?? event.currentTarget);
      const next = elements[nextIndex(way, Math.max(0, now), elements.length, boxAt)];
      if (next) setAt(Number(next.dataset.at));
      next?.scrollIntoView({ block: "nearest" });
    } else return;
    event.preventDefault();
  };
  const first = peak !== null && shown.some((one) => one.at === peak) ? peak : (shown[0]?.at ?? null);
  return (
    <div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a form */}
      <p
        ref={text}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrows move within it
        tabIndex={0}
        dir="auto"
        aria-label={`${label}. Arrows read the activation of each token`}
        className={`shaded rounded-sm font-read [overflow-wrap:anywhere] ${lines ? "whitespace-pre-wrap" : ""}`}
        onPointerMove={move}
        onPointerLeave={(event) => event.pointerType === "mouse" && setAt(null)}
        onPointerDown={pressed.press}
        onPointerUp={(event) => event.pointerType !== "mouse" && setAt(atOf(event.target))}
        onFocus={() => !pressed.is() && setAt(first)}
        onBlur={() => setAt(null)}
        onKeyDown={press}
      >
        {from > 0 && <span className="text-muted">… </span>}
        {shown.map((one) => (
          <ShadedToken
            key={one.at}
            shade={one}
            depth={depthOf(one.value, scale)}
            peak={one.at === peak}
            here={one.at === at}
            lines={lines}
          />
        ))}
        {to < tokens.length && <span className="text-muted"> …</span>}
      </p>
      <span className="sr-only" aria-live="polite">
        {shade && `${visible(shade.text)}: ${facts(shade).value}, ${facts(shade).more}`}
      </span>
      {shade && anchor && <Facts anchor={anchor} name={shade.text} {...facts(shade)} />}
    </div>
  );
});

/** Tokens that a template or a corpus put between texts. */
const CONTROL = /^<\|[^|]*\|>$/;

const ShadedToken = memo(function ShadedToken(props: {
  shade: Shade;
  depth: number;
  peak: boolean;
  here: boolean;
  lines: boolean;
}) {
  const { shade, depth, peak, here, lines } = props;
  const shaded = depth > 0.01;
  return (
    <span
      data-at={shade.at}
      data-strong={depth >= 0.5 ? "" : undefined}
      data-peak={peak ? "" : undefined}
      data-here={here ? "" : undefined}
      className={`${shaded ? "shade" : ""} ${CONTROL.test(shade.text) ? "font-mono text-mono text-muted" : ""}`}
      style={shaded ? { ["--depth" as string]: depth.toFixed(3) } : undefined}
    >
      {lines ? shade.text : withSigns(shade.text)}
    </span>
  );
});

function withSigns(text: string): ReactNode {
  if (!text.includes("\n")) return text;
  const parts = text.split("\n");
  return parts.flatMap((part, i) =>
    i === 0
      ? [part]
      : [
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one token never move
          <span key={i} aria-hidden="true" className="text-muted">
            ↵{" "}
          </span>,
          part,
        ],
  );
}

function Facts({ anchor, name, value, more }: { anchor: HTMLElement; name: string; value: string; more: string }) {
  return (
    <Popover anchor={anchor} aria-hidden="true" className="pointer-events-none px-2.5 py-1.5">
      <span className="flex items-baseline justify-between gap-4">
        <TokenName text={name} className="max-w-40" />
        <span className="font-semibold">{value}</span>
      </span>
      <span className="block text-muted">{more}</span>
    </Popover>
  );
}

function elementAt(root: HTMLElement | null, at: number): HTMLElement | null {
  return root?.querySelector<HTMLElement>(`[data-at="${at}"]`) ?? null;
}

function atOf(target: EventTarget): number | null {
  const element = target instanceof Element ? target.closest<HTMLElement>("[data-at]") : null;
  return element ? Number(element.dataset.at) : null;
}
