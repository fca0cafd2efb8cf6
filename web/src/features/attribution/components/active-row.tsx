import { memo } from "react";
import type { Active } from "@/api/types";
import { DepthBar } from "@/components/ui/depth-bar";
import { type RowProps, SiteRow } from "@/features/attribution/components/site-row";
import { plain } from "@/lib/format";

interface Props extends RowProps {
  active: Active;
  /** The largest multiple of any row. */
  scale: number;
  /** What it is a multiple of, in short. */
  unit: string;
}

/** One site and how far its activation stands out. */
export const ActiveRow = memo(function ActiveRow({ active, scale, unit, ...row }: Props) {
  return (
    <SiteRow
      {...row}
      site={active}
      bar={<DepthBar value={active.normalised} scale={scale} />}
      number={
        <>
          {plain(active.normalised)} <span className="text-muted">×</span>
          <span className="sr-only"> {unit}</span>
        </>
      }
    />
  );
});
