import { type Area, columnsOf, type Grid, type Spot } from "@/features/attribution/model/grid";
import { usePointing } from "@/lib/pointing";

interface Props {
  grid: Grid;
  run: string;
  /** The cell pointed at. */
  spot: Spot | null;
  /** What the list is held to. */
  area: Area | null;
}

/** What is pointed at and chosen, drawn over the cells; the column of a token that is pointed at elsewhere, too. */
export function MapMarks({ grid, run, spot, area }: Props) {
  const at = usePointing((state) => (state.at?.run === run ? state.at.pos : null));
  const lit = usePointing((state) => (state.lit?.run === run && state.lit.at.length === 1 ? state.lit.at[0] : null));
  const pos = at ?? lit ?? null;
  const column = pos === null ? null : columnsOf(grid.spans, { from: pos, to: pos + 1 });
  return (
    <span aria-hidden="true" className="pointer-events-none absolute inset-0">
      {column && column.from < column.to && (
        <Box grid={grid} rows={{ from: 0, to: grid.layers.length }} columns={column} className="map-column" />
      )}
      {area && <Box grid={grid} {...area} className="map-chosen" />}
      {spot && (
        <Box
          grid={grid}
          rows={{ from: spot.row, to: spot.row + 1 }}
          columns={{ from: spot.column, to: spot.column + 1 }}
          className="map-spot"
        />
      )}
    </span>
  );
}

function Box({ grid, rows, columns, className }: Area & { grid: Grid; className: string }) {
  const [high, wide] = [grid.layers.length, grid.spans.length];
  return (
    <span
      className={`absolute ${className}`}
      style={{
        top: `${(rows.from / high) * 100}%`,
        height: `${((rows.to - rows.from) / high) * 100}%`,
        left: `${(columns.from / wide) * 100}%`,
        width: `${((columns.to - columns.from) / wide) * 100}%`,
      }}
    />
  );
}
