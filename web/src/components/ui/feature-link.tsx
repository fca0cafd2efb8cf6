import type { MouseEvent } from "react";
import { go, hrefOf } from "@/lib/view-state";

interface Props {
  id: string;
  /** `id@pos` where it stands in a row: its card then knows what it did there. */
  site?: string;
  className?: string;
  title?: string | undefined;
}

/** A feature's id, everywhere the same: a link to its card. */
export function FeatureLink({ id, site = id, className = "", title }: Props) {
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
      title={title}
      className={`rounded-sm font-mono text-mono underline decoration-edge underline-offset-[0.25em] hover:decoration-ink hover:decoration-2 ${className}`}
    >
      {id}
    </a>
  );
}
