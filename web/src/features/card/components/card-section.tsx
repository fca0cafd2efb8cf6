import { type ReactNode, useId } from "react";

interface Props {
  title: string;
  /** Stands at the right of the title. */
  aside?: ReactNode;
  children: ReactNode;
}

/** One part of a card, under its name. */
export function CardSection({ title, aside, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="px-4 pt-5">
      <div className="mb-2 flex min-h-7 flex-wrap items-baseline justify-between gap-x-4">
        <h3 id={id} className="font-semibold">
          {title}
        </h3>
        {aside && <div className="text-muted">{aside}</div>}
      </div>
      {children}
    </section>
  );
}
