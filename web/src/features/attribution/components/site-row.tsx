import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Chevron } from "@/components/ui/chevron";
import { FeatureLink } from "@/components/ui/feature-link";
import { SummaryText } from "@/components/ui/summary-text";
import { TokenName } from "@/components/ui/token-name";
import { type Site, siteKey } from "@/features/attribution/model/rows";
import { go } from "@/lib/view-state";

/** What every row is given, whatever its number says. */
export interface RowProps {
  /** Text of the token the site stands on. */
  text: string;
  open: boolean;
  chosen: boolean;
  onChoose: (key: string, on: boolean) => void;
  /** What the open row holds. */
  children?: ReactNode;
}

interface Props extends RowProps {
  site: Site;
  bar: ReactNode;
  number: ReactNode;
}

/** One site: its feature, where it stands, and one number as a bar and in words. */
export function SiteRow({ site, bar, number, text, open, chosen, onChoose, children }: Props) {
  const key = siteKey(site);
  const summary = site.summary ?? site.description;
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (open) item.current?.scrollIntoView({ block: "nearest" });
  }, [open]);
  return (
    <li
      ref={item}
      data-row={key}
      data-open={open ? "" : undefined}
      className={`effect-row border-rule border-b ${open ? "bg-panel" : "hover:bg-panel"}`}
    >
      <div className="effect-grid px-4 py-[3px]">
        <input
          type="checkbox"
          aria-label={`Choose ${site.id} at token ${site.pos}`}
          checked={chosen}
          onChange={(event) => onChoose(key, event.target.checked)}
          className="[grid-area:box]"
        />
        <span className="min-w-0 [grid-area:id]">
          {summary && (
            <SummaryText summary={summary} description={site.description ?? null} score={site.score ?? null} cut />
          )}
          <span className={`block truncate ${summary ? "-mt-1" : ""}`}>
            <FeatureLink id={site.id} site={key} className={summary ? "text-muted decoration-transparent" : ""} />
          </span>
        </span>
        <span className="flex min-w-0 items-baseline gap-1.5 [grid-area:at]">
          <TokenName text={text} className="min-w-0" />
          <span className="text-muted">{site.pos}</span>
        </span>
        <span className="[grid-area:bar]">{bar}</span>
        <span className="text-right [grid-area:number]">{number}</span>
        <Button
          look="bare"
          className="size-6 min-h-6 px-0 text-muted [grid-area:more]"
          aria-expanded={open}
          aria-label={`What can be done with ${site.id} at token ${site.pos}`}
          onClick={() => go({ feature: open ? null : key }, "replace")}
        >
          <Chevron open={open} />
        </Button>
      </div>
      {open && <div className="px-4 pt-1 pb-3">{children}</div>}
    </li>
  );
}
