import type { KeyboardEvent, PointerEvent } from "react";
import { moveOf } from "@/lib/roving";
import { useStored } from "@/lib/use-stored";

const LIMITS = { min: 35, max: 75, start: 54, step: 2 };

/** How much of the width the left column has, in percent; remembered in this browser. */
export function useSplit(): [number, (percent: number) => void] {
  const [percent, store] = useStored("pellucid.split", (text) => clamp(Number(text ?? LIMITS.start)));
  return [percent, (next) => store(String(clamp(next)))];
}

function clamp(percent: number): number {
  if (!Number.isFinite(percent)) return LIMITS.start;
  return Math.round(Math.min(LIMITS.max, Math.max(LIMITS.min, percent)) * 10) / 10;
}

/** The line between two columns: drag it, move it with the arrows, double-click for the middle. */
export function Splitter({ percent, onChange }: { percent: number; onChange: (percent: number) => void }) {
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const frame = event.currentTarget.parentElement?.getBoundingClientRect();
    if (frame) onChange(((event.clientX - frame.left) / frame.width) * 100);
  };
  const press = (event: KeyboardEvent): void => {
    const move = moveOf(event);
    if (move === "ArrowLeft") onChange(percent - LIMITS.step);
    else if (move === "ArrowRight") onChange(percent + LIMITS.step);
    else if (move === "Home") onChange(LIMITS.min);
    else if (move === "End") onChange(LIMITS.max);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that moves is focusable, which <hr> is not
    <div
      role="separator"
      tabIndex={0}
      aria-label="Width of the conversation, percent"
      aria-orientation="vertical"
      aria-valuemin={LIMITS.min}
      aria-valuemax={LIMITS.max}
      aria-valuenow={Math.round(percent)}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onDoubleClick={() => onChange(LIMITS.start)}
      onKeyDown={press}
      className="group relative z-10 -mx-1.5 w-3 cursor-col-resize touch-none select-none"
    >
      <div className="mx-auto h-full w-px bg-rule transition-colors group-hover:bg-edge group-active:bg-ink" />
    </div>
  );
}
