import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { plural } from "@/lib/format";
import { chosenOf, usePointing } from "@/lib/pointing";

/** Changes some features in the next answer; they were chosen at these positions. */
export type ChangeThem = (features: string[], positions: number[]) => void;

interface Props {
  /** The token asked about, as `placeKey` writes it. */
  of: string;
  onSuppress: ChangeThem;
  /** Null where strengths are not known. */
  onStrengthen: ChangeThem | null;
  /** Keeps the features under a name. */
  save: (features: readonly string[]) => ReactNode;
  /** Verifies the features, and what that found. */
  button: (features: readonly string[]) => ReactNode;
  note: (features: readonly string[]) => ReactNode;
}

/** What can be done with the rows chosen. */
export function ChosenBar({ of, onSuppress, onStrengthen, save, button, note }: Props) {
  const chosen = usePointing((state) => chosenOf(state, of));
  const choose = usePointing((state) => state.choose);
  if (chosen.length === 0) return null;
  const features = [...new Set(chosen.map((key) => key.split("@")[0] ?? key))];
  const positions = chosen.map(posOf);
  return (
    <div className="shrink-0 border-ink border-t bg-paper px-4 py-2">
      {note(features)}
      <div className="mt-1 flex flex-wrap items-center gap-2">
        <span className="font-semibold">{plural(features.length, "feature")} chosen</span>
        <span className="flex-1">{save(features)}</span>
        <span className="flex flex-wrap gap-2">
          <Button onClick={() => onSuppress(features, positions)}>Suppress</Button>
          {onStrengthen && <Button onClick={() => onStrengthen(features, positions)}>Strengthen</Button>}
          {button(features)}
          <Button look="bare" onClick={() => choose(of, [])}>
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
