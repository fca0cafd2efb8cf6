import { Select } from "@/components/ui/select";
import { type Amount, readValue, type Unit } from "@/features/steering/model/draft";

const UNITS: readonly { value: Unit; text: string }[] = [
  { value: "strength", text: "× tail quantile" },
  { value: "raw", text: "raw" },
];

interface Props {
  /** What is changed, to a screen reader. */
  name: string;
  amount: Amount;
  onChange: (amount: Amount) => void;
  /** Whether an atlas knows tail quantiles; without one only raw values mean anything. */
  strengths: boolean;
  placeholder: string;
  describedBy?: string | undefined;
}

/** To what a feature is set: a multiple of its tail quantile where it is active, or a raw activation everywhere. */
export function AmountField({ name, amount, onChange, strengths, placeholder, describedBy }: Props) {
  const wrong = amount.text.trim() !== "" && readValue(amount.text) === null;
  const raw = amount.unit === "raw";
  return (
    <>
      <input
        value={amount.text}
        inputMode="decimal"
        aria-label={`${raw ? "Raw activation" : "Multiple of the tail quantile"} for ${name}; empty suppresses it`}
        aria-invalid={wrong}
        aria-describedby={wrong ? describedBy : undefined}
        placeholder={placeholder}
        onChange={(event) => onChange({ ...amount, text: event.target.value })}
        className="field w-24 text-right placeholder:text-muted"
      />
      {(strengths || !raw) && (
        <Select
          label={`Unit of the value for ${name}`}
          value={amount.unit}
          onChange={(unit) => onChange({ ...amount, unit: unit === "raw" ? "raw" : "strength" })}
          options={UNITS}
        />
      )}
    </>
  );
}
