interface Props {
  /** A multiple of a feature's own scale; past 1 it is rare. */
  value: number;
  /** The largest value drawn anywhere beside it. */
  scale: number;
}

/** How strongly something fires: one hue, longer and deeper where it is stronger, with a line where the multiple is 1. */
export function DepthBar({ value, scale }: Props) {
  const share = Math.min(1, Math.max(0, value / scale));
  return (
    <span aria-hidden="true" className="relative block h-3 w-full">
      <span className="absolute inset-y-[-3px] left-0 w-px bg-edge" />
      <span
        className="depth-bar absolute inset-y-0 left-0 min-w-[3px] border-active border-[1.5px]"
        style={{ width: `${share * 100}%`, ["--depth" as string]: share.toFixed(3) }}
      />
      {scale > 1 && (
        <span className="absolute inset-y-[-2px] w-[1.5px] bg-ink opacity-60" style={{ left: `${100 / scale}%` }} />
      )}
    </span>
  );
}
