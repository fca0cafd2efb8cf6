import type { SiteMap } from "@/api/types";
import { Explained } from "@/components/ui/explained";
import { type Grid, largestOf } from "@/features/attribution/model/grid";
import type { Side } from "@/features/attribution/model/rows";
import { signed } from "@/lib/format";

interface Props {
  map: SiteMap;
  grid: Grid;
  side: Side;
}

/** What the colours of the map stand for, in nats. */
export function MapLegend({ map, grid, side }: Props) {
  const largest = largestOf(grid, side);
  return (
    <span className="flex items-center gap-1.5 text-muted">
      {side !== "promoted" && signed(-largest)}
      <span aria-hidden="true" data-side={side} className="map-scale block h-2.5 w-16" />
      {side !== "hindered" && signed(largest)}
      <Explained meaning={meaningOf(map, grid)}>
        nats{grid.perColumn > 1 && `, ${grid.perColumn} tokens a column`}
      </Explained>
    </span>
  );
}

function meaningOf(map: SiteMap, grid: Grid): string {
  return [
    "Blue promoted, orange held back, by all sites of a layer at a token, listed or not, summed.",
    map.n_measured > 0 ? `Estimates, but for ${map.n_measured} sites that were measured.` : "Estimates.",
    "Colours deepen with the root of the sum.",
    map.start > 0 ? `It begins at token ${map.start}: what the template put before it by itself is left out.` : "",
    grid.perColumn > 1 ? `Every column is the sum of ${grid.perColumn} tokens.` : "",
  ]
    .filter(Boolean)
    .join(" ");
}
