import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from "react";
import type { Run, SiteMap } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Chevron } from "@/components/ui/chevron";
import { MapAxis } from "@/features/attribution/components/map-axis";
import { MapCanvas } from "@/features/attribution/components/map-canvas";
import { MapLayers } from "@/features/attribution/components/map-layers";
import { MapLegend } from "@/features/attribution/components/map-legend";
import { MapMarks } from "@/features/attribution/components/map-marks";
import { amountsInWords, partOf, placeInWords } from "@/features/attribution/model/axis";
import {
  areaOf,
  cellAt,
  type Grid,
  gridOf,
  isOnly,
  moved,
  type Spot,
  strongest,
} from "@/features/attribution/model/grid";
import { lightsAt } from "@/features/attribution/model/lights";
import type { Part } from "@/features/attribution/model/part";
import type { Side } from "@/features/attribution/model/rows";
import { usePointing } from "@/lib/pointing";
import { moveOf } from "@/lib/roving";
import { useStored } from "@/lib/use-stored";
import { useWidth } from "@/lib/use-width";

const GUTTER_PX = 30;
const [NARROWEST_PX, WIDEST_PX] = [4, 34];
const HEIGHT_PX = 132;
const ROWS_PX = { min: 2, max: 18 } as const;

interface Props {
  run: Run;
  map: SiteMap;
  side: Side;
  part: Part | null;
  /** Shows only what is in a part, written as `part` is; null shows all. */
  onPart: (part: string | null) => void;
}

/** Where the work for a token is done, to be looked at or put away. */
export function SiteMapView(props: Props) {
  const [shown, store] = useStored("pellucid.map", (text) => text !== "off");
  const frame = useRef<HTMLDivElement>(null);
  const room = Math.max(0, useWidth(frame) - GUTTER_PX);
  const grid = useMemo(() => gridOf(props.map, Math.max(16, Math.floor(room / NARROWEST_PX))), [props.map, room]);
  if (grid.spans.length === 0) return null;
  return (
    <div className="px-4 pt-0.5">
      <div ref={frame}>
        <div className="flex flex-wrap items-center justify-between gap-x-3">
          <Button
            look="bare"
            className="-ml-2 text-muted"
            aria-expanded={shown}
            onClick={() => store(shown ? "off" : null)}
          >
            map of layers and tokens
            <Chevron open={shown} />
          </Button>
          {shown && <MapLegend map={props.map} grid={grid} side={props.side} />}
        </div>
        {shown && <Plot {...props} grid={grid} room={room} />}
      </div>
    </div>
  );
}

/** Layers upwards, positions to the right. One focus stop; arrows move a cell. */
function Plot({ run, side, part, onPart, grid, room }: Props & { grid: Grid; room: number }) {
  const [spot, setSpot] = useState<Spot | null>(null);
  /** A finger points too broadly to choose by it: what it points to is chosen with a button. */
  const [touched, setTouched] = useState(false);
  const light = usePointing((state) => state.light);
  const width = Math.min(room, grid.spans.length * WIDEST_PX);
  const perRow = Math.min(ROWS_PX.max, Math.max(ROWS_PX.min, Math.round(HEIGHT_PX / grid.layers.length)));
  const height = perRow * grid.layers.length;
  const area = part && areaOf(grid, part);
  const best = strongest(grid, side);
  const start = area ? { row: area.rows.from, column: area.columns.from } : best;

  const show = (next: Spot | null): void => {
    if (next?.row === spot?.row && next?.column === spot?.column) return;
    setSpot(next);
    const span = cellAt(grid, next)?.span;
    const at = span ? Array.from({ length: span.to - span.from }, (_, i) => span.from + i) : null;
    light(at && { run: run.id, ...lightsAt(at) });
  };
  const choose = (at: Spot | null): void => {
    const own = cellAt(grid, at);
    if (at && own) onPart(isOnly(area, at) ? null : partOf(own));
  };
  const under = (event: PointerEvent<HTMLElement>): Spot | null => {
    const box = event.currentTarget.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * grid.spans.length);
    const row = Math.floor(((event.clientY - box.top) / box.height) * grid.layers.length);
    return cellAt(grid, { row, column }) && { row, column };
  };
  const press = (event: KeyboardEvent): void => {
    const move = moveOf(event);
    if (move) show(moved(spot ?? start ?? { row: 0, column: 0 }, move, grid));
    else if (event.key === "Enter" || event.key === " ") choose(spot);
    else if (event.key === "Escape" && part) onPart(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <div className="grid pt-1" style={{ gridTemplateColumns: `${GUTTER_PX}px minmax(0, 1fr)` }}>
        <MapLayers layers={grid.layers} height={height} />
        <div
          role="application"
          aria-roledescription="map"
          aria-label="Layers and tokens. Arrows move, Enter shows the features there, Escape shows all"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrows move within it
          tabIndex={0}
          data-own-escape={part ? "" : undefined}
          className="map relative touch-pan-y rounded-none"
          style={{ width, height }}
          onPointerMove={(event) => show(under(event))}
          onPointerDown={(event) => {
            setTouched(event.pointerType === "touch");
            show(under(event));
          }}
          onPointerLeave={(event) => event.pointerType === "mouse" && show(null)}
          onClick={() => !touched && choose(spot)}
          onFocus={(event) => event.target.matches(":focus-visible") && show(spot ?? start)}
          onBlur={() => !touched && show(null)}
          onKeyDown={press}
        >
          <MapCanvas grid={grid} side={side} width={width} height={height} />
          <MapMarks grid={grid} run={run.id} spot={spot} area={area} />
        </div>
        <span />
        <MapAxis grid={grid} tokens={run.tokens} width={width} />
      </div>
      <div className="flex flex-wrap items-baseline gap-x-3">
        <MapReadout grid={grid} run={run} spot={spot} held={start && isOnly(area, start) ? start : null} most={best} />
        {touched && spot && (
          <Button onClick={() => choose(spot)}>{isOnly(area, spot) ? "Show all" : "Show its features"}</Button>
        )}
      </div>
    </>
  );
}

interface ReadoutProps {
  grid: Grid;
  run: Run;
  spot: Spot | null;
  /** The one cell that the list is held to. */
  held: Spot | null;
  /** The cell that shows most. */
  most: Spot | null;
}

/** One cell in words: the one pointed at, else the one chosen, else the strongest of all. */
function MapReadout({ grid, run, spot, held, most }: ReadoutProps) {
  const cell = cellAt(grid, spot ?? held ?? most);
  return (
    <p role="status" className="flex min-w-0 flex-1 basis-60 flex-wrap gap-x-1">
      {cell && (
        <>
          <span className="min-w-0 max-w-full truncate">
            {!spot && !held && <span className="text-muted">most: </span>}
            {placeInWords(cell, run.tokens)}:
          </span>{" "}
          <span className="whitespace-nowrap @max-[40rem]:basis-full">{amountsInWords(cell)}</span>
        </>
      )}
    </p>
  );
}
