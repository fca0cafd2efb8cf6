interface Props {
  /** What was measured, in nats. */
  value: number;
  low: number;
  high: number;
  mean: number;
}

/** A measured value over the interval that chance reaches: a filled dot, a band, a line at zero. */
export function IntervalMark({ value, low, high, mean }: Props) {
  const reach = Math.max(Math.abs(value), Math.abs(low), Math.abs(high), 1e-9) * 1.12;
  const at = (x: number): string => `${50 + (x / reach) * 50}%`;
  const fill = value >= 0 ? "bg-promote" : "bg-hinder";
  return (
    <span aria-hidden="true" className="relative block h-5 w-full">
      <span className="absolute inset-x-0 top-1/2 h-px bg-rule" />
      <span className="absolute inset-y-0 left-1/2 w-px bg-edge" />
      <span
        className="absolute top-[5px] h-[10px] min-w-[3px] border-edge border-x-[1.5px] bg-mark"
        style={{ left: at(low), width: `${((high - low) / reach) * 50}%` }}
      />
      <span className="absolute top-[5px] h-[10px] w-px bg-muted" style={{ left: at(mean) }} />
      <span
        className={`absolute top-1/2 size-3 -translate-x-1/2 -translate-y-1/2 rotate-45 border border-paper ${fill}`}
        style={{ left: at(value) }}
      />
    </span>
  );
}
