import { memo } from "react";
import type { Token } from "@/api/types";
import { bandsOf, ticksOf } from "@/features/attribution/model/axis";
import type { Grid } from "@/features/attribution/model/grid";
import { visible } from "@/lib/format";
import { ROLES } from "@/lib/roles";

/** From this width on, a column has room for its token, written downwards. */
const ROOM_PX = 13;
const TICK_PX = 34;
const LABEL_PX = 48;

interface Props {
  grid: Grid;
  tokens: readonly Token[];
  width: number;
}

/** What the columns are: positions, who speaks there, what the template put there, and the tokens where there is room. */
export const MapAxis = memo(function MapAxis({ grid, tokens, width }: Props) {
  const n = grid.spans.length;
  const each = width / n;
  const at = (column: number): string => `${(column / n) * 100}%`;
  const legible = each >= ROOM_PX && grid.perColumn === 1;
  return (
    <div aria-hidden="true" className="select-none text-mono text-muted" style={{ width }}>
      <div className="relative h-[5px]">
        {bandsOf(tokens, grid.spans).map(({ role, marker, columns }) => (
          <span
            key={columns.from}
            className={`absolute inset-y-0 ${marker ? "map-marker" : role === "user" || role === "system" ? "bg-edge" : "bg-ink"}`}
            style={{ left: at(columns.from), width: `calc(${at(columns.to - columns.from)} - 1px)` }}
          />
        ))}
      </div>
      {legible ? (
        <div className="relative h-[3.6rem]">
          {grid.spans.map(({ from }, column) => (
            <span
              key={from}
              className="absolute top-1 max-h-[3.4rem] overflow-hidden text-ellipsis whitespace-nowrap font-read leading-none [writing-mode:vertical-rl]"
              style={{ left: `calc(${at(column + 0.5)} - 0.4rem)` }}
            >
              {visible(tokens[from]?.text ?? "")}
            </span>
          ))}
        </div>
      ) : (
        <>
          <div className="relative h-4">
            {ticksOf(grid, TICK_PX / each).map(({ pos, column }) => (
              <span key={pos} className="absolute leading-4" style={{ left: at(column) }}>
                {pos}
              </span>
            ))}
          </div>
          <div className="relative h-4">
            {bandsOf(tokens, grid.spans)
              .filter(({ marker, columns }) => !marker && (columns.to - columns.from) * each >= LABEL_PX)
              .map(({ role, columns }) => (
                <span key={columns.from} className="absolute leading-4" style={{ left: at(columns.from) }}>
                  {ROLES[role]}
                </span>
              ))}
          </div>
        </>
      )}
    </div>
  );
});
