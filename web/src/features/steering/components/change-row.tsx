import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Select } from "@/components/ui/select";
import { AmountField } from "@/features/steering/components/amount-field";
import { POSITIONS } from "@/features/steering/components/clamp-form";
import { type Amount, type Change, fromAmount, readValue, toAmount } from "@/features/steering/model/draft";
import { plural } from "@/lib/format";
import { whereOf } from "@/lib/interventions";

interface Props {
  change: Change;
  /** Whether an atlas knows tail quantiles. */
  strengths: boolean;
  onChange: (change: Change) => void;
  onRemove: () => void;
}

/** One change to the model: on or off, to which value, where. */
export function ChangeRow({ change, strengths, onChange, onRemove }: Props) {
  const { features, positions, on } = change;
  const name = features.length === 1 ? (features[0] ?? "") : plural(features.length, "feature");
  const [typed, setTyped] = useState<Amount>(() => toAmount(change));
  const amount: Amount = strengths || typed.text !== "" ? typed : { ...typed, unit: "raw" };
  const edit = (next: Amount): void => {
    setTyped(next);
    if (next.text.trim() === "" || readValue(next.text) !== null) onChange({ ...change, ...fromAmount(next) });
  };
  const known = POSITIONS.some((one) => one.value === positions);
  return (
    <li className={`flex flex-wrap items-center gap-x-2 gap-y-1 border-rule border-b py-1 ${on ? "" : "text-muted"}`}>
      <label className="flex min-w-36 flex-1 items-center gap-2">
        <input
          type="checkbox"
          role="switch"
          aria-checked={on}
          checked={on}
          aria-label={`${name} is on`}
          onChange={(event) => onChange({ ...change, on: event.target.checked })}
        />
        <span
          title={features.join(", ")}
          className={`truncate ${features.length === 1 ? "font-mono text-mono" : ""} ${on ? "" : "line-through"}`}
        >
          {name}
        </span>
      </label>
      <span className="flex flex-wrap items-center gap-2">
        <AmountField name={name} amount={amount} onChange={edit} strengths={strengths} placeholder="suppressed" />
        <Select
          label={`Where ${name} is changed`}
          value={positions}
          onChange={(next) => onChange({ ...change, positions: next })}
          options={known ? POSITIONS : [...POSITIONS, { value: positions, text: whereOf(positions) }]}
        />
        <Button look="bare" aria-label={`Remove ${name}`} onClick={onRemove}>
          <Icon name="close" />
        </Button>
      </span>
    </li>
  );
}
