import { Button } from "@/components/ui/button";
import { type Change, strengthening, suppressing } from "@/features/steering/model/draft";
import { plural } from "@/lib/format";
import { amountInWords, whereOf } from "@/lib/interventions";

interface Props {
  features: readonly string[];
  /** What they are called where they are several. */
  name?: string;
  /** Where it acts. */
  positions: string;
  /** Whether an atlas knows tail quantiles. */
  strengths: boolean;
  /** The changes already made to exactly these, under this name; the last one is told. */
  current: readonly Change[];
  onAdd: (change: Change) => void;
  onRemove: (change: Change) => void;
}

/** Suppresses features or strengthens them in the next answer, by one press; by another, neither. */
export function DirectionButtons({ features, name, positions, strengths, current, onAdd, onRemove }: Props) {
  const all = name === undefined ? "" : ` these ${features.length}`;
  const what = name === undefined ? features.join(", ") : plural(features.length, "feature");
  // A name that is made of a search: no concept is looked up for it again.
  const named = (change: Change): Change => (name === undefined ? change : { ...change, name, set: true });
  const last = current.at(-1);
  if (last)
    return (
      <Button look="bare" aria-label={`Undo the change to ${what}`} onClick={() => onRemove(last)}>
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
        aria-label={name === undefined ? `Suppress ${what}` : undefined}
        title={where}
        onClick={() => onAdd(named(suppressing([...features], positions)))}
      >
        Suppress{all}
      </Button>
      {strengths && (
        <Button
          look="bare"
          className="text-muted hover:text-ink"
          aria-label={name === undefined ? `Strengthen ${what}` : undefined}
          title={where}
          onClick={() => onAdd(named(strengthening([...features], positions)))}
        >
          Strengthen{all}
        </Button>
      )}
    </>
  );
}
