import { useState } from "react";
import type { Sampling } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Sheet } from "@/components/ui/sheet";
import { DEFAULTS, LIMITS, limitsInWords, readSetting, type SettingName } from "@/features/chat/model/settings";

const FIELDS: readonly { name: SettingName; label: string; meaning: string }[] = [
  {
    name: "max_new_tokens",
    label: "Most new tokens",
    meaning: "The answer is cut after so many tokens, and can be continued from there.",
  },
  {
    name: "temperature",
    label: "Temperature",
    meaning: "0 always takes the most likely token; at 1 tokens are drawn with the model’s own probabilities.",
  },
  { name: "seed", label: "Seed", meaning: "The same seed, settings and changes give the same answer again." },
];

interface Props {
  settings: Sampling;
  onChange: (settings: Sampling) => void;
}

export function SamplingSettings({ settings, onChange }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="bare" className="text-muted" onClick={() => setOpen(true)}>
        <Icon name="tune" />
        <span className="sr-only">Sampling settings: </span>
        <span className="@max-md:sr-only">
          temperature {settings.temperature}, seed {settings.seed}
        </span>
      </Button>
      <Sheet open={open} onOpenChange={setOpen} title="Sampling" side="middle">
        <div className="grid gap-4 px-4 py-4">
          {FIELDS.map(({ name, label, meaning }) => (
            <Field
              key={name}
              name={name}
              label={label}
              meaning={meaning}
              value={settings[name]}
              onValue={(value) => onChange({ ...settings, [name]: value })}
            />
          ))}
          <div className="flex flex-wrap justify-end gap-2">
            <Button look="bare" disabled={same(settings, DEFAULTS)} onClick={() => onChange(DEFAULTS)}>
              Back to the defaults
            </Button>
            <Button
              disabled={settings.temperature === 0}
              title={settings.temperature === 0 ? "At temperature 0 nothing is drawn" : undefined}
              onClick={() => onChange({ ...settings, seed: drawnSeed() })}
            >
              <Icon name="again" /> Draw a seed
            </Button>
          </div>
        </div>
      </Sheet>
    </>
  );
}

function same(a: Sampling, b: Sampling): boolean {
  return FIELDS.every(({ name }) => a[name] === b[name]);
}

function drawnSeed(): number {
  return Math.floor(Math.random() * (LIMITS.seed.max + 1));
}

interface FieldProps {
  name: SettingName;
  label: string;
  meaning: string;
  value: number;
  onValue: (value: number) => void;
}

function Field({ name, label, meaning, value, onValue }: FieldProps) {
  const [typed, setText] = useState({ text: String(value), value });
  const text = typed.value === value ? typed.text : String(value);
  const { min, max, step } = LIMITS[name];
  const keep = (typed: string): void => {
    const read = readSetting(name, typed);
    setText({ text: typed, value: read ?? value });
    if (read !== null) onValue(read);
  };
  return (
    <label className="grid grid-cols-[8rem_7rem_1fr] items-baseline gap-x-3 max-sm:grid-cols-[1fr_7rem]">
      <span className="font-semibold">{label}</span>
      <input
        type="number"
        inputMode="decimal"
        min={min}
        max={max}
        step={step}
        value={text}
        onChange={(event) => keep(event.target.value)}
        onBlur={() => setText({ text: String(value), value })}
        className="field w-full text-right"
      />
      <span className="text-muted max-sm:col-span-2">
        {meaning} {limitsInWords(name)}.
      </span>
    </label>
  );
}
