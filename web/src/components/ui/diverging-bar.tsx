interface Props {
  /** In nats: to the right of zero promoted, to the left held back. */
  value: number;
  /** The largest absolute value drawn anywhere beside it. */
  scale: number;
  /** Filled where measured, hollow where estimated. */
  measured: boolean;
  /** Where the estimate stood before it was measured. */
  was?: number;
}

function halfWidth(value: number, scale: number): number {
  return Math.min(50, (Math.abs(value) / scale) * 50);
}

/** One signed bar from a zero of plain paper; colour, side and fill each say what the number beside it says too. */
export function DivergingBar({ value, scale, measured, was }: Props) {
  const width = halfWidth(value, scale);
  const hue = value >= 0 ? "border-promote" : "border-hinder";
  const fill = value >= 0 ? "bg-promote" : "bg-hinder";
  const before = was === undefined ? null : 50 + Math.sign(was) * halfWidth(was, scale);
  return (
    <span aria-hidden="true" data-measured={measured} className="relative block h-3 w-full">
      <span className="absolute inset-y-[-3px] left-1/2 w-px bg-edge" />
      <span
        className={`bar-grow absolute inset-y-0 min-w-[3px] border-[1.5px] ${hue} ${measured ? fill : ""}`}
        style={{ left: `${value >= 0 ? 50 : 50 - width}%`, width: `${width}%` }}
      />
      {before !== null && (
        <span className="absolute inset-y-[-2px] w-[1.5px] bg-ink opacity-60" style={{ left: `${before}%` }} />
      )}
    </span>
  );
}
