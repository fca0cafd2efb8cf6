import { type ReactNode, useCallback } from "react";
import type { Token } from "@/api/types";
import { Explained } from "@/components/ui/explained";
import type { RowProps } from "@/features/attribution/components/site-row";
import { type Site, siteKey } from "@/features/attribution/model/rows";
import { chosenOf, usePointing } from "@/lib/pointing";
import { SCORE_MEANING } from "@/lib/score";

interface Props<T extends Site> {
  /** The token asked about, as `placeKey` writes it. */
  of: string;
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
export function SiteList<T extends Site>({ of, label, sites, tokens, open, row, inside }: Props<T>) {
  const chosen = usePointing((state) => chosenOf(state, of));
  const choose = usePointing((state) => state.choose);
  const toggle = useCallback(
    (key: string, on: boolean): void => {
      const others = chosenOf(usePointing.getState(), of).filter((one) => one !== key);
      choose(of, on ? [...others, key] : others);
    },
    [choose, of],
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

interface HeadProps extends Pick<Props<Site>, "of" | "sites"> {
  bar: ReactNode;
  number: ReactNode;
}

/** The line above the rows: all of them can be chosen at once. */
export function ListHead({ of, sites, bar, number }: HeadProps) {
  const chosen = usePointing((state) => chosenOf(state, of));
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
        onChange={(event) => choose(of, event.target.checked ? [...others, ...keys] : others)}
        className="[grid-area:box]"
      />
      <span className="flex-1 [grid-area:id]">
        feature
        {sites.some((site) => site.summary ?? site.description) && (
          <>
            , <Explained meaning={SCORE_MEANING}>score</Explained>
          </>
        )}
      </span>
      <span className="@max-md:hidden [grid-area:at]">at token</span>
      <span className="flex justify-between @max-md:hidden [grid-area:bar]">{bar}</span>
      <span className="text-right [grid-area:number]">{number}</span>
    </div>
  );
}
