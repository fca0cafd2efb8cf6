import { memo, type ReactNode, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { DivergingBar } from "@/components/ui/diverging-bar";
import { FeatureLink } from "@/components/ui/feature-link";
import { Icon } from "@/components/ui/icon";
import { SummaryText } from "@/components/ui/summary-text";
import { TokenName } from "@/components/ui/token-name";
import type { Row } from "@/features/attribution/model/rows";
import { signed } from "@/lib/format";
import { usePointing } from "@/lib/pointing";
import { go } from "@/lib/view-state";

interface Props {
  row: Row;
  run: string;
  scale: number;
  /** Text of the token the site stands on. */
  text: string;
  open: boolean;
  chosen: boolean;
  onChoose: (key: string, on: boolean) => void;
  /** What the open row holds. */
  children?: ReactNode;
}

/** One site: its feature, where it stands, what it did for the target. */
export const FeatureRow = memo(function FeatureRow(props: Props) {
  const { row, run, scale, text, open, chosen, onChoose, children } = props;
  const { effect, value, measured } = row;
  const summary = effect.summary ?? effect.description;
  const light = usePointing((state) => state.light);
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (open) item.current?.scrollIntoView({ block: "nearest" });
  }, [open]);
  const on = (): void => light({ run, pos: effect.pos });
  return (
    <li
      ref={item}
      onPointerEnter={on}
      onPointerLeave={() => light(null)}
      onFocus={on}
      onBlur={() => light(null)}
      className={`border-rule border-b ${open ? "bg-panel" : "hover:bg-panel"}`}
    >
      <div className="effect-grid px-4 py-[3px]">
        <input
          type="checkbox"
          aria-label={`Choose ${effect.id} at token ${effect.pos}`}
          checked={chosen}
          onChange={(event) => onChoose(row.key, event.target.checked)}
          className="[grid-area:box]"
        />
        <span className="min-w-0 [grid-area:id]">
          {summary && (
            <SummaryText
              summary={summary}
              description={effect.description ?? null}
              score={effect.score ?? null}
              className="block truncate"
            />
          )}
          <span className={`block truncate ${summary ? "-mt-1" : ""}`}>
            <FeatureLink
              id={effect.id}
              site={row.key}
              className={summary ? "text-[0.75rem] text-muted decoration-transparent" : ""}
            />
          </span>
        </span>
        <span className="flex min-w-0 items-baseline gap-1.5 [grid-area:at]">
          <TokenName text={text} className="min-w-0" />
          <span className="text-muted">{effect.pos}</span>
        </span>
        <span className="[grid-area:bar]">
          <DivergingBar
            value={value}
            scale={scale}
            measured={measured}
            {...(effect.effect != null ? { was: effect.attribution } : {})}
          />
        </span>
        <span className="text-right [grid-area:number]">
          {signed(value)} <span className="text-muted">nats</span>
          <span className="sr-only">
            , {measured ? "measured" : "estimated"}, {value >= 0 ? "promoted" : "held back"}
          </span>
        </span>
        <Button
          look="bare"
          className="size-6 min-h-6 px-0 text-muted [grid-area:more]"
          aria-expanded={open}
          aria-label={`What can be done with ${effect.id} at token ${effect.pos}`}
          onClick={() => go({ feature: open ? null : row.key }, "replace")}
        >
          <span className={`transition-transform duration-100 ${open ? "rotate-180" : ""}`}>
            <Icon name="down" />
          </span>
        </Button>
      </div>
      {open && <div className="px-4 pt-1 pb-3">{children}</div>}
    </li>
  );
});
