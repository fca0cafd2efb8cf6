import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { plural } from "@/lib/format";
import { usePointing } from "@/lib/pointing";

interface Props {
  onSuppress: (features: string[], positions: number[]) => void;
  /** Keeps the features under a name. */
  save: (features: readonly string[]) => ReactNode;
  /** Verifies the features, and what that found. */
  button: (features: readonly string[]) => ReactNode;
  note: (features: readonly string[]) => ReactNode;
}

/** What can be done with the rows chosen. */
export function ChosenBar({ onSuppress, save, button, note }: Props) {
  const chosen = usePointing((state) => state.chosen);
  const choose = usePointing((state) => state.choose);
  if (chosen.length === 0) return null;
  const features = [...new Set(chosen.map((key) => key.split("@")[0] ?? key))];
  return (
    <div className="shrink-0 border-ink border-t bg-paper px-4 py-2">
      {note(features)}
      <div className="mt-1 flex flex-wrap items-center gap-2">
        <span className="font-semibold">{plural(features.length, "feature")} chosen</span>
        <span className="flex-1">{save(features)}</span>
        <span className="flex gap-2">
          <Button onClick={() => onSuppress(features, chosen.map(posOf))}>Suppress</Button>
          {button(features)}
          <Button look="bare" onClick={() => choose([])}>
            Clear
          </Button>
        </span>
      </div>
    </div>
  );
}

/** The position in a row's key, `id@pos`. */
function posOf(key: string): number {
  return Number(key.split("@")[1]);
}
