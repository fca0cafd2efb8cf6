import { Explained } from "@/components/ui/explained";
import type { Why } from "@/features/attribution/api/stream-why";
import { countMeasured } from "@/features/attribution/model/rows";

/** What hollow and filled bars are, and how far the measuring has come. */
export function MeasuredLegend({ why }: { why: Why }) {
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      <span className="inline-flex items-center gap-1.5">
        <span aria-hidden="true" className="inline-block h-2.5 w-4 border-[1.5px] border-muted" />
        <Explained meaning="A hollow bar is an estimate, made for all sites at once from one backward pass.">
          estimated
        </Explained>
      </span>
      <span className="inline-flex items-center gap-1.5">
        <span aria-hidden="true" className="inline-block h-2.5 w-4 bg-muted" />
        <Explained meaning="A filled bar was measured: the site was set to 0 and the model run again. A thin line marks where the estimate stood.">
          measured
        </Explained>
        <span aria-live="polite" aria-busy={why.seconds === null}>
          {countMeasured(why.effects)} of {why.effects.length}
        </span>
      </span>
    </span>
  );
}
