import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Select } from "@/components/ui/select";
import { AmountField } from "@/features/steering/components/amount-field";
import { ChangeDetails } from "@/features/steering/components/change-details";
import { POSITIONS } from "@/features/steering/components/clamp-form";
import { type Amount, type Change, fromAmount, readValue, toAmount } from "@/features/steering/model/draft";
import { plural } from "@/lib/format";
import { amountInWords, whereOf } from "@/lib/interventions";

interface Props {
  change: Change;
  /** Whether an atlas knows tail quantiles. */
  strengths: boolean;
  onChange: (change: Change) => void;
  onRemove: () => void;
  /** Whether what it consists of is shown at once. */
  startOpen?: boolean;
}

/** One change to the model: on or off, to which value, where. */
export function ChangeRow({ change, strengths, onChange, onRemove, startOpen = false }: Props) {
  const { features, positions, on } = change;
  const alone = features.length === 1 && change.name === undefined;
  const name = change.name ?? (alone ? (features[0] ?? "") : plural(features.length, "feature"));
  const [open, setOpen] = useState(startOpen);
  const [typed, setTyped] = useState<Amount>(() => toAmount(change));
  const amount: Amount = strengths || typed.text !== "" ? typed : { ...typed, unit: "raw" };
  const edit = (next: Amount): void => {
    setTyped(next);
    if (next.text.trim() === "" || readValue(next.text) !== null) onChange({ ...change, ...fromAmount(next) });
  };
  const known = POSITIONS.some((one) => one.value === positions);
  const value = (
    <AmountField name={name} amount={amount} onChange={edit} strengths={strengths} placeholder="suppressed" />
  );
  const where = (
    <Select
      label={`Where ${name} is changed`}
      value={positions}
      onChange={(next) => onChange({ ...change, positions: next })}
      options={known ? POSITIONS : [...POSITIONS, { value: positions, text: whereOf(positions) }]}
    />
  );
  return (
    <li className={`border-rule border-b ${on ? "" : "text-muted"}`}>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 py-1">
        <label className="flex min-w-32 flex-1 items-center gap-2">
          <input
            type="checkbox"
            role="switch"
            aria-checked={on}
            checked={on}
            aria-label={`${name} is on`}
            onChange={(event) => onChange({ ...change, on: event.target.checked })}
          />
          <span
            dir="auto"
            title={change.name ?? features.join(", ")}
            className={`truncate ${alone ? "font-mono text-mono" : ""} ${on ? "" : "line-through"}`}
          >
            {change.name === undefined ? name : `“${name}”`}
          </span>
          {change.name !== undefined && (
            <span className="shrink-0 text-muted">{plural(features.length, "feature")}</span>
          )}
        </label>
        <span className="flex flex-wrap items-center gap-2">
          {change.name === undefined ? (
            <>
              {value}
              {where}
            </>
          ) : (
            <span className="text-muted">
              {amountInWords(change.value, change.strength)} {whereOf(positions)}
            </span>
          )}
          <span className="flex">
            <Button
              look="bare"
              className="text-muted"
              aria-expanded={open}
              aria-label={`What ${name} consists of`}
              onClick={() => setOpen(!open)}
            >
              <span className={`transition-transform duration-100 ${open ? "rotate-180" : ""}`}>
                <Icon name="down" />
              </span>
            </Button>
            <Button look="bare" aria-label={`Remove ${name}`} onClick={onRemove}>
              <Icon name="close" />
            </Button>
          </span>
        </span>
      </div>
      {open && (
        <ChangeDetails
          change={change}
          strengths={strengths}
          onChange={onChange}
          amount={change.name === undefined ? null : value}
          where={change.name === undefined ? null : where}
        />
      )}
    </li>
  );
}
