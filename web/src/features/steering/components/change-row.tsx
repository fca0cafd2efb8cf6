import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Select } from "@/components/ui/select";
import { POSITIONS } from "@/features/steering/components/clamp-form";
import { type Change, readValue } from "@/features/steering/model/draft";
import { plural } from "@/lib/format";
import { whereOf } from "@/lib/interventions";

interface Props {
  change: Change;
  onChange: (change: Change) => void;
  onRemove: () => void;
}

/** One change to the model: on or off, to which value, where. */
export function ChangeRow({ change, onChange, onRemove }: Props) {
  const { features, value, positions, on } = change;
  const name = features.length === 1 ? (features[0] ?? "") : plural(features.length, "feature");
  const [text, setText] = useState(value === null ? "" : String(value));
  const edit = (typed: string): void => {
    setText(typed);
    if (typed.trim() === "") onChange({ ...change, value: null });
    const read = readValue(typed);
    if (read !== null) onChange({ ...change, value: read });
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
      <span className="flex items-center gap-2">
        <input
          value={text}
          inputMode="decimal"
          aria-label={`Raw activation for ${name}; empty suppresses it`}
          placeholder="suppressed"
          onChange={(event) => edit(event.target.value)}
          className="field w-24 text-right placeholder:text-muted"
        />
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
