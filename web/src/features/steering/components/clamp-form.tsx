import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { type Change, readValue } from "@/features/steering/model/draft";
import { plain } from "@/lib/format";

export const POSITIONS: readonly { value: string; text: string }[] = [
  { value: "prompt", text: "in the prompt" },
  { value: "all", text: "everywhere" },
  { value: "generated", text: "in the answer" },
];

interface Props {
  feature: string;
  activation: number;
  /** Where it acts unless chosen otherwise. */
  start: string;
  /** The change already made to exactly this feature. */
  current: Change | undefined;
  onAdd: (change: Change) => void;
  onRemove: () => void;
}

/** Suppresses one feature, or sets it to a raw value, from its row. */
export function ClampForm({ feature, activation, start, current, onAdd, onRemove }: Props) {
  const [positions, setPositions] = useState(current?.positions ?? start);
  const [text, setText] = useState("");
  const hint = useId();
  const value = readValue(text);
  const wrong = text.trim() !== "" && value === null;
  const add = (to: number | null): void => onAdd({ features: [feature], value: to, positions, on: true });
  return (
    <>
      {current ? (
        <Button onClick={onRemove}>
          {current.value === null ? "Suppressed" : `Set to ${plain(current.value)}`} in the next answer: undo
        </Button>
      ) : (
        <Button look="solid" onClick={() => add(null)}>
          Suppress
        </Button>
      )}
      <form
        className="flex items-center gap-1"
        onSubmit={(event) => {
          event.preventDefault();
          if (value !== null) add(value);
        }}
      >
        <input
          value={text}
          inputMode="decimal"
          aria-label={`Raw activation to set ${feature} to`}
          aria-invalid={wrong}
          aria-describedby={wrong ? hint : undefined}
          placeholder={`now ${plain(activation)}`}
          onChange={(event) => setText(event.target.value)}
          className="field w-24 text-right placeholder:text-muted"
        />
        <Button type="submit" disabled={value === null}>
          Set
        </Button>
      </form>
      <Select label="Where it acts" value={positions} onChange={setPositions} options={POSITIONS} />
      {wrong && (
        <span id={hint} className="text-muted">
          a finite number, such as 2.5
        </span>
      )}
    </>
  );
}
