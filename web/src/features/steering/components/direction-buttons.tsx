import { Button } from "@/components/ui/button";
import { type Change, strengthening, suppressing } from "@/features/steering/model/draft";
import { amountInWords, whereOf } from "@/lib/interventions";

interface Props {
  feature: string;
  /** Where it acts. */
  positions: string;
  /** Whether an atlas knows tail quantiles. */
  strengths: boolean;
  /** The changes already made to exactly this feature; the last one is told. */
  current: readonly Change[];
  onAdd: (change: Change) => void;
  onRemove: (change: Change) => void;
}

/** Suppresses a feature or strengthens it in the next answer, by one press; by another, neither. */
export function DirectionButtons({ feature, positions, strengths, current, onAdd, onRemove }: Props) {
  const last = current.at(-1);
  if (last)
    return (
      <Button look="bare" aria-label={`Undo the change to ${feature}`} onClick={() => onRemove(last)}>
        <span className="font-semibold">{amountInWords(last.value, last.strength)}</span>
        <span className="text-muted">undo</span>
      </Button>
    );
  const where = whereOf(positions);
  return (
    <>
      <Button
        look="bare"
        className="text-muted hover:text-ink"
        aria-label={`Suppress ${feature}`}
        title={where}
        onClick={() => onAdd(suppressing([feature], positions))}
      >
        Suppress
      </Button>
      {strengths && (
        <Button
          look="bare"
          className="text-muted hover:text-ink"
          aria-label={`Strengthen ${feature}`}
          title={where}
          onClick={() => onAdd(strengthening([feature], positions))}
        >
          Strengthen
        </Button>
      )}
    </>
  );
}
