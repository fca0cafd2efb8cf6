import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { AmountField } from "@/features/steering/components/amount-field";
import {
  type Amount,
  type Change,
  fromAmount,
  keyOf,
  readValue,
  strengthening,
  suppressing,
} from "@/features/steering/model/draft";
import { placesFor } from "@/features/steering/model/places";
import { plain } from "@/lib/format";
import { amountInWords, whereOf } from "@/lib/interventions";

interface Props {
  feature: string;
  /** What it is now; null where that is not known. */
  activation: number | null;
  /** Where it acts unless tokens are chosen or another place is picked. */
  start: string;
  /** `3:9`: the tokens chosen in the conversation. */
  chosen: string | null;
  /** Whether an atlas knows tail quantiles. */
  strengths: boolean;
  /** The changes already made to exactly this feature, one for each place. */
  current: readonly Change[];
  onAdd: (change: Change) => void;
  onRemove: (change: Change) => void;
}

/** Suppresses one feature, strengthens it, or sets it to a raw value. */
export function ClampForm(props: Props) {
  const { feature, activation, start, chosen, strengths, current, onAdd, onRemove } = props;
  const [picked, setPicked] = useState<string | null>(null);
  const positions = picked ?? chosen ?? current[0]?.positions ?? start;
  const [typed, setTyped] = useState<Amount>({ text: "", unit: "strength" });
  const amount: Amount = strengths ? typed : { ...typed, unit: "raw" };
  const hint = useId();
  const value = readValue(amount.text);
  const now = activation === null ? "raw value" : `now ${plain(activation)}`;
  // Where two stand at one place, the later wins, and undoing takes both.
  const made = [...new Map(current.map((change) => [keyOf(change), change])).values()];
  const free = !current.some((change) => change.positions === positions);
  return (
    <>
      {made.map((change) => (
        <Button key={keyOf(change)} onClick={() => onRemove(change)}>
          <span className="first-letter:uppercase">{amountInWords(change.value, change.strength)}</span>{" "}
          {whereOf(change.positions)}: undo
        </Button>
      ))}
      {free && (
        <>
          <Button look="solid" onClick={() => onAdd(suppressing([feature], positions))}>
            Suppress
          </Button>
          {strengths && <Button onClick={() => onAdd(strengthening([feature], positions))}>Strengthen</Button>}
        </>
      )}
      <form
        className="flex items-center gap-1"
        onSubmit={(event) => {
          event.preventDefault();
          if (value !== null) onAdd({ ...suppressing([feature], positions), ...fromAmount(amount) });
        }}
      >
        <AmountField
          name={feature}
          amount={amount}
          onChange={setTyped}
          strengths={strengths}
          placeholder={amount.unit === "raw" ? now : "as 0.5"}
          describedBy={hint}
        />
        <Button type="submit" disabled={value === null}>
          Set
        </Button>
      </form>
      <Select label="Where it acts" value={positions} onChange={setPicked} options={placesFor(chosen, positions)} />
      {amount.text.trim() !== "" && value === null && (
        <span id={hint} className="text-muted">
          a finite number, such as 2.5
        </span>
      )}
    </>
  );
}
