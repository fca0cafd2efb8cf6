interface Props {
  label: string;
  done: number | null;
  total: number | null;
}

/** How far something is; without a total it is hatched, and only says that it goes on. */
export function ProgressLine({ label, done, total }: Props) {
  const known = done !== null && total !== null && total > 0;
  const share = known ? Math.min(1, done / total) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={known ? 0 : undefined}
      aria-valuemax={known ? total : undefined}
      aria-valuenow={known ? done : undefined}
      className="h-1 w-full overflow-hidden rounded-sm bg-mark"
    >
      {known ? (
        <div className="bar-grow h-full bg-ink" style={{ width: `${share * 100}%` }} />
      ) : (
        <div className="hatched h-full" />
      )}
    </div>
  );
}
