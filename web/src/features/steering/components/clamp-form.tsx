import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { AmountField } from "@/features/steering/components/amount-field";
import {
  type Amount,
  type Change,
  fromAmount,
  readValue,
  strengthening,
  suppressing,
} from "@/features/steering/model/draft";
import { plain } from "@/lib/format";
import { amountInWords } from "@/lib/interventions";

export const POSITIONS: readonly { value: string; text: string }[] = [
  { value: "prompt", text: "in the prompt" },
  { value: "all", text: "everywhere" },
  { value: "generated", text: "in the answer" },
];

interface Props {
  feature: string;
  /** What it is now; null where that is not known. */
  activation: number | null;
  /** Where it acts unless chosen otherwise. */
  start: string;
  /** Whether an atlas knows tail quantiles. */
  strengths: boolean;
  /** The change already made to exactly this feature. */
  current: Change | undefined;
  onAdd: (change: Change) => void;
  onRemove: () => void;
}

/** Suppresses one feature, strengthens it, or sets it to a raw value. */
export function ClampForm({ feature, activation, start, strengths, current, onAdd, onRemove }: Props) {
  const [positions, setPositions] = useState(current?.positions ?? start);
  const [typed, setTyped] = useState<Amount>({ text: "", unit: "strength" });
  const amount: Amount = strengths ? typed : { ...typed, unit: "raw" };
  const hint = useId();
  const value = readValue(amount.text);
  const now = activation === null ? "raw value" : `now ${plain(activation)}`;
  return (
    <>
      {current ? (
        <Button onClick={onRemove}>
          <span className="first-letter:uppercase">{amountInWords(current.value, current.strength)}</span> in the next
          answer: undo
        </Button>
      ) : (
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
      <Select label="Where it acts" value={positions} onChange={setPositions} options={POSITIONS} />
      {amount.text.trim() !== "" && value === null && (
        <span id={hint} className="text-muted">
          a finite number, such as 2.5
        </span>
      )}
    </>
  );
}
