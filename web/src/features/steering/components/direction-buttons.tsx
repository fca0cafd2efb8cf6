import { Button } from "@/components/ui/button";
import { type Change, strengthening, suppressing } from "@/features/steering/model/draft";
import { amountInWords } from "@/lib/interventions";

interface Props {
  feature: string;
  /** Where it acts. */
  positions: string;
  /** Whether an atlas knows tail quantiles. */
  strengths: boolean;
  current: Change | undefined;
  onAdd: (change: Change) => void;
  onRemove: () => void;
}

/** Suppresses a feature or strengthens it in the next answer, by one press; by another, neither. */
export function DirectionButtons({ feature, positions, strengths, current, onAdd, onRemove }: Props) {
  if (current)
    return (
      <Button look="bare" aria-label={`Undo the change to ${feature}`} onClick={onRemove}>
        <span className="font-semibold">{amountInWords(current.value, current.strength)}</span>
        <span className="text-muted">undo</span>
      </Button>
    );
  return (
    <>
      <Button
        look="bare"
        className="text-muted hover:text-ink"
        aria-label={`Suppress ${feature}`}
        onClick={() => onAdd(suppressing([feature], positions))}
      >
        Suppress
      </Button>
      {strengths && (
        <Button
          look="bare"
          className="text-muted hover:text-ink"
          aria-label={`Strengthen ${feature}`}
          onClick={() => onAdd(strengthening([feature], positions))}
        >
          Strengthen
        </Button>
      )}
    </>
  );
}
