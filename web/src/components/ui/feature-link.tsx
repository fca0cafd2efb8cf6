import type { MouseEvent } from "react";
import { go, hrefOf } from "@/lib/view-state";

/** A feature's id, everywhere the same: a link that opens its row. */
export function FeatureLink({ id, site, open = false }: { id: string; site: string; open?: boolean }) {
  const patch = { feature: open ? null : site };
  const follow = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(patch, "replace");
  };
  return (
    <a
      href={hrefOf(patch)}
      onClick={follow}
      aria-expanded={open}
      className="rounded-sm font-mono text-mono underline decoration-edge underline-offset-[0.25em] hover:decoration-ink hover:decoration-2"
    >
      {id}
    </a>
  );
}
