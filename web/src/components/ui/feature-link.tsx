import { ViewLink } from "./view-link";

interface Props {
  id: string;
  /** `id@pos` where it stands in a row: its card then knows what it did there. */
  site?: string;
  className?: string;
  title?: string | undefined;
}

/** A feature's id, everywhere the same: a link to its card. */
export function FeatureLink({ id, site = id, className = "", title }: Props) {
  return (
    <ViewLink
      to={{ card: site, pane: "why" }}
      data-card={site}
      title={title}
      className={`rounded-sm font-mono text-mono underline decoration-edge underline-offset-[0.25em] hover:decoration-ink hover:decoration-2 ${className}`}
    >
      {id}
    </ViewLink>
  );
}
