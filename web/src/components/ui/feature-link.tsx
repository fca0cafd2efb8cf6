import type { MouseEvent } from "react";
import { go, hrefOf } from "@/lib/view-state";

interface Props {
  id: string;
  /** `id@pos` where it stands in a row: its card then knows what it did there. */
  site?: string;
}

/** A feature's id, everywhere the same: a link to its card. */
export function FeatureLink({ id, site = id }: Props) {
  const patch = { card: site, pane: "why" } as const;
  const follow = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(patch);
  };
  return (
    <a
      href={hrefOf(patch)}
      onClick={follow}
      data-card={site}
      className="rounded-sm font-mono text-mono underline decoration-edge underline-offset-[0.25em] hover:decoration-ink hover:decoration-2"
    >
      {id}
    </a>
  );
}
