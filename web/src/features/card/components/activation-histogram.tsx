import { type KeyboardEvent, type PointerEvent, useState } from "react";
import type { Histogram, Quantile } from "@/api/types";
import { binOf, binsOf, placeOf } from "@/features/card/model/histogram";
import { count, plain, plural } from "@/lib/format";
import { moveOf } from "@/lib/roving";

interface Props {
  histogram: Histogram;
  sign: "pos" | "neg";
  /** The activation it was opened at. */
  here: number | null;
  quantile: Quantile | null;
}

/** Tokens by activation, on a logarithmic scale; the arrows, or the pointer, read its bins. */
export function ActivationHistogram({ histogram, sign, here, quantile }: Props) {
  const bins = binsOf(histogram, sign);
  const [at, setAt] = useState<number | null>(null);
  const start = here === null ? Math.floor(bins.length / 2) : binOf(here, histogram);
  const current = at ?? start;
  const bin = bins[current];
  if (!bin) return null;
  const move = (event: PointerEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / Math.max(1, box.width);
    setAt(Math.min(bins.length - 1, Math.max(0, Math.floor(share * bins.length))));
  };
  const press = (event: KeyboardEvent): void => {
    const way = moveOf(event);
    if (!way) return;
    event.preventDefault();
    if (way === "Home") setAt(0);
    else if (way === "End") setAt(bins.length - 1);
    else {
      const step = way === "ArrowRight" || way === "ArrowUp" ? 1 : -1;
      setAt(Math.min(bins.length - 1, Math.max(0, current + step)));
    }
  };
  const words = `${plain(bin.from)} to ${plain(bin.to)}: ${plural(bin.count, "token")}`;
  const zero = placeOf(0, histogram);
  return (
    <div>
      <div className="relative h-5 text-mono">
        {here !== null && <Flag at={placeOf(here, histogram)} value={here} />}
      </div>
      <div
        role="slider"
        tabIndex={0}
        aria-label="Tokens by activation"
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={bins.length - 1}
        aria-valuenow={current}
        aria-valuetext={words}
        onPointerMove={move}
        onPointerDown={move}
        onPointerLeave={() => setAt(null)}
        onBlur={() => setAt(null)}
        onFocus={() => setAt(current)}
        onKeyDown={press}
        className="relative flex h-16 touch-pan-y items-end border-edge border-b"
      >
        {bins.map((one, i) => (
          <span
            key={one.from}
            className={`h-full flex-1 border-paper border-r ${i === at ? "bg-sunk" : ""}`}
            style={{ display: "flex", alignItems: "flex-end" }}
          >
            <span
              className={`block w-full ${i === at ? "bg-ink" : one.own ? "bg-active" : "bg-edge opacity-55"}`}
              style={{ height: `${one.height * 100}%` }}
            />
          </span>
        ))}
        {quantile !== null && quantile.value !== 0 && (
          <Line at={placeOf(quantile.value, histogram)} className="border-muted border-dashed" />
        )}
        {here !== null && <Line at={placeOf(here, histogram)} className="border-ink" />}
      </div>
      <div aria-hidden="true" className="relative flex justify-between text-muted">
        <span>{plain(histogram.low)}</span>
        {zero > 0.12 && zero < 0.88 && (
          <span className="absolute -translate-x-1/2" style={{ left: `${zero * 100}%` }}>
            0
          </span>
        )}
        <span>{plain(histogram.high)}</span>
      </div>
      <p className="min-h-5 text-muted">
        {at === null ? (
          <>
            tokens by activation, logarithmic
            {quantile !== null && quantile.value !== 0 && (
              <>
                {"; dashed: "}
                {quantile.reached ? `${plain(quantile.value)}, which 1 in ${count(100_000)} exceeds` : "the largest"}
              </>
            )}
          </>
        ) : (
          <span className="text-ink">{words}</span>
        )}
      </p>
    </div>
  );
}

/** The present value, above the place where it stands; at the edges its text stays inside. */
function Flag({ at, value }: { at: number; value: number }) {
  return (
    <span
      className="absolute bottom-0 whitespace-nowrap font-semibold text-ui"
      style={{ left: `${at * 100}%`, transform: `translateX(-${at * 100}%)` }}
    >
      here {plain(value)}
    </span>
  );
}

function Line({ at, className }: { at: number; className: string }) {
  return (
    <span
      aria-hidden="true"
      className={`pointer-events-none absolute inset-y-0 border-l-[1.5px] ${className}`}
      style={{ left: `${at * 100}%`, transform: `translateX(-${at * 100}%)` }}
    />
  );
}
