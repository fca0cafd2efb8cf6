import { memo } from "react";
import type { Effect } from "@/api/types";
import { DivergingBar } from "@/components/ui/diverging-bar";
import { type RowProps, SiteRow } from "@/features/attribution/components/site-row";
import { isMeasured, natsOf } from "@/features/attribution/model/rows";
import { signed } from "@/lib/format";

interface Props extends RowProps {
  effect: Effect;
  /** The largest absolute value of any row, in nats. */
  scale: number;
}

/** One site and what it did for the target. */
export const EffectRow = memo(function EffectRow({ effect, scale, ...row }: Props) {
  const [value, measured] = [natsOf(effect), isMeasured(effect)];
  return (
    <SiteRow
      {...row}
      site={effect}
      bar={
        <DivergingBar
          value={value}
          scale={scale}
          measured={measured}
          {...(effect.effect != null ? { was: effect.attribution } : {})}
        />
      }
      number={
        <>
          {signed(value)} <span className="text-muted">nats</span>
          <span className="sr-only">
            , {measured ? "measured" : "estimated"}, {value >= 0 ? "promoted" : "held back"}
          </span>
        </>
      }
    />
  );
});
