import { type ReactNode, useState } from "react";
import type { Effect, Token } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Explained } from "@/components/ui/explained";
import type { Why } from "@/features/attribution/api/stream-why";
import { FeatureRow } from "@/features/attribution/components/feature-row";
import { SiteFacts } from "@/features/attribution/components/site-facts";
import { countMeasured, rowsOf, type Side, scaleOf } from "@/features/attribution/model/rows";
import { usePointing } from "@/lib/pointing";

const SIDES: readonly { side: Side; name: string }[] = [
  { side: "all", name: "all" },
  { side: "promoted", name: "promoted" },
  { side: "hindered", name: "held back" },
];

interface Props {
  why: Why;
  run: string;
  tokens: readonly Token[];
  open: string | null;
  /** What can be done with an open row. */
  actions: (effect: Effect) => ReactNode;
}

/** All sites of an explanation as signed bars, in the order of the estimate. */
export function EffectList({ why, run, tokens, open, actions }: Props) {
  const [side, setSide] = useState<Side>("all");
  const chosen = usePointing((state) => state.chosen);
  const choose = usePointing((state) => state.choose);
  const scale = scaleOf(why.effects);
  const rows = rowsOf(why.effects, side);
  const toggle = (key: string, on: boolean): void =>
    choose(on ? [...chosen, key] : chosen.filter((one) => one !== key));
  return (
    <div className="effect-list" data-told={why.effects.some((effect) => effect.summary) ? "" : undefined}>
      <div className="flex flex-wrap items-center gap-x-1 border-rule border-y bg-panel px-2 py-0.5">
        {SIDES.map((one) => (
          <Button key={one.side} look="bare" aria-pressed={side === one.side} onClick={() => setSide(one.side)}>
            {one.name} <span className="text-muted">{rowsOf(why.effects, one.side).length}</span>
          </Button>
        ))}
        <span className="flex-1" />
        <Legend measured={countMeasured(why.effects)} total={why.effects.length} busy={why.seconds === null} />
      </div>
      <div aria-hidden="true" className="effect-grid @max-md:hidden px-4 pt-1.5 pb-0.5 text-muted">
        <span className="[grid-area:id]">feature</span>
        <span className="[grid-area:at]">at token</span>
        <span className="flex justify-between [grid-area:bar]">
          <span>
            <span className="@max-[40rem]:hidden">held back</span>
            <span className="@min-[40rem]:hidden">−</span>
          </span>
          <span>
            <span className="@max-[40rem]:hidden">promoted</span>
            <span className="@min-[40rem]:hidden">+</span>
          </span>
        </span>
      </div>
      <ul aria-label="Features, largest estimate first">
        {rows.map((row) => (
          <FeatureRow
            key={row.key}
            row={row}
            run={run}
            scale={scale}
            text={tokens[row.effect.pos]?.text ?? ""}
            open={row.key === open}
            chosen={chosen.includes(row.key)}
            onChoose={toggle}
          >
            <SiteFacts effect={row.effect} />
            <div className="mt-2 pl-6">{actions(row.effect)}</div>
          </FeatureRow>
        ))}
      </ul>
    </div>
  );
}

function Legend({ measured, total, busy }: { measured: number; total: number; busy: boolean }) {
  return (
    <span className="flex items-center gap-3 pr-2 text-muted">
      <span className="inline-flex items-center gap-1.5">
        <span aria-hidden="true" className="inline-block h-2.5 w-4 border-[1.5px] border-muted" />
        <Explained meaning="A hollow bar is an estimate, made for all sites at once from one backward pass.">
          estimated
        </Explained>
      </span>
      <span className="inline-flex items-center gap-1.5" aria-live="polite" aria-busy={busy}>
        <span aria-hidden="true" className="inline-block h-2.5 w-4 bg-muted" />
        <Explained meaning="A filled bar was measured: the site was set to 0 and the model run again. A thin line marks where the estimate stood.">
          measured {measured} of {total}
        </Explained>
      </span>
    </span>
  );
}
