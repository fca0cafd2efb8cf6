import { type ReactNode, useCallback } from "react";
import type { Token } from "@/api/types";
import type { RowProps } from "@/features/attribution/components/site-row";
import { type Site, siteKey } from "@/features/attribution/model/rows";
import { usePointing } from "@/lib/pointing";

interface Props<T extends Site> {
  label: string;
  sites: readonly T[];
  tokens: readonly Token[];
  /** Key of the row that is open. */
  open: string | null;
  row: (site: T, given: RowProps & { key: string }) => ReactNode;
  /** What an open row holds. */
  inside: (site: T) => ReactNode;
}

/** Rows of sites. A row renders again only where something of its own has changed. */
export function SiteList<T extends Site>({ label, sites, tokens, open, row, inside }: Props<T>) {
  const chosen = usePointing((state) => state.chosen);
  const choose = usePointing((state) => state.choose);
  const toggle = useCallback(
    (key: string, on: boolean): void => {
      const others = usePointing.getState().chosen.filter((one) => one !== key);
      choose(on ? [...others, key] : others);
    },
    [choose],
  );
  return (
    <ul aria-label={label}>
      {sites.map((site) => {
        const key = siteKey(site);
        return row(site, {
          key,
          text: tokens[site.pos]?.text ?? "",
          open: key === open,
          chosen: chosen.includes(key),
          onChoose: toggle,
          ...(key === open ? { children: inside(site) } : {}),
        });
      })}
    </ul>
  );
}

/** The line above the rows: all of them can be chosen at once. */
export function ListHead({ sites, bar, number }: { sites: readonly Site[]; bar: ReactNode; number: ReactNode }) {
  const chosen = usePointing((state) => state.chosen);
  const choose = usePointing((state) => state.choose);
  const keys = sites.map(siteKey);
  const held = keys.filter((key) => chosen.includes(key)).length;
  const others = chosen.filter((key) => !keys.includes(key));
  return (
    <div className="effect-grid effect-head px-4 pt-1 text-muted">
      <input
        type="checkbox"
        aria-label={`Choose all ${keys.length} rows`}
        checked={keys.length > 0 && held === keys.length}
        ref={(box) => {
          if (box) box.indeterminate = held > 0 && held < keys.length;
        }}
        onChange={(event) => choose(event.target.checked ? [...others, ...keys] : others)}
        className="[grid-area:box]"
      />
      <span className="flex-1 [grid-area:id]">feature</span>
      <span className="@max-md:hidden [grid-area:at]">at token</span>
      <span className="flex justify-between @max-md:hidden [grid-area:bar]">{bar}</span>
      <span className="text-right [grid-area:number]">{number}</span>
    </div>
  );
}
