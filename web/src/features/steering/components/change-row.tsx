import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { ChangeMark } from "@/components/ui/change-mark";
import { Chevron } from "@/components/ui/chevron";
import { FeatureLink } from "@/components/ui/feature-link";
import { Icon } from "@/components/ui/icon";
import { Select } from "@/components/ui/select";
import { AmountField } from "@/features/steering/components/amount-field";
import { ChangeDetails } from "@/features/steering/components/change-details";
import { type Amount, type Change, fromAmount, keyOf, readValue, toAmount } from "@/features/steering/model/draft";
import { placesFor } from "@/features/steering/model/places";
import { plural } from "@/lib/format";
import { actOf, amountInWords, titleOf, whereOf } from "@/lib/interventions";

interface Props {
  change: Change;
  /** Whether an atlas knows tail quantiles. */
  strengths: boolean;
  /** `3:9`: the tokens chosen in the conversation. */
  chosen: string | null;
  /** `typing` names the field where it is one of several keystrokes. */
  onChange: (change: Change, typing?: string) => void;
  onRemove: () => void;
  /** Moves it before the change above, or behind the one below; null where it is the only one. */
  onMove: ((by: 1 | -1) => void) | null;
  /** Whether there is a change above it, and one below. */
  ends: { first: boolean; last: boolean };
  /** What keeps its features under a name. */
  save: ReactNode;
  /** What verifies them. */
  verify: ReactNode;
  /** Whether what it consists of is shown at once. */
  startOpen?: boolean;
}

/** One change to the model: on or off, to which value, where, and before which others. */
export function ChangeRow(props: Props) {
  const { change, strengths, chosen, onChange, onRemove, onMove, ends, save, verify, startOpen = false } = props;
  const { features, positions, on } = change;
  const alone = features.length === 1 && change.name === undefined ? features[0] : undefined;
  const name = change.name ?? alone ?? plural(features.length, "feature");
  const [open, setOpen] = useState(startOpen);
  const [amount, edit] = useAmount(change, strengths, onChange);
  const value = (
    <AmountField name={name} amount={amount} onChange={edit} strengths={strengths} placeholder="suppressed" />
  );
  const where = (
    <Select
      label={`Where ${name} is changed`}
      value={positions}
      onChange={(next) => onChange({ ...change, positions: next })}
      options={placesFor(chosen, positions)}
    />
  );
  return (
    <li className={`border-rule border-b ${on ? "" : "text-muted"}`}>
      <div className="flex flex-wrap items-center gap-x-2 py-1">
        <span className="flex min-w-40 flex-1 items-center gap-2">
          <label className="flex min-w-0 items-center gap-2">
            <input
              type="checkbox"
              role="switch"
              aria-checked={on}
              checked={on}
              aria-label={`${name} is on`}
              onChange={(event) => onChange({ ...change, on: event.target.checked })}
            />
            <ChangeMark mark={actOf(change)} />
            {!alone && (
              <span
                dir="auto"
                title={change.name ?? features.join(", ")}
                className={`truncate ${on ? "" : "line-through"}`}
              >
                {titleOf(features, change.name)}
              </span>
            )}
          </label>
          {alone && (
            <span className={`truncate ${on ? "" : "line-through"}`}>
              <FeatureLink id={alone} />
            </span>
          )}
          {change.name !== undefined && (
            <span className="shrink-0 text-muted">{plural(features.length, "feature")}</span>
          )}
        </span>
        <span className="flex flex-wrap items-center gap-2 @max-3xl:order-last @max-3xl:basis-full @max-3xl:pl-5">
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
        </span>
        <span className="flex">
          {onMove && <Move name={name} by={-1} stuck={ends.first} onMove={onMove} />}
          {onMove && <Move name={name} by={1} stuck={ends.last} onMove={onMove} />}
          <Button
            look="bare"
            className="text-muted"
            aria-expanded={open}
            aria-label={`What ${name} consists of`}
            onClick={() => setOpen(!open)}
          >
            <Chevron open={open} />
          </Button>
          <Button look="bare" aria-label={`Remove ${name}`} onClick={onRemove}>
            <Icon name="close" />
          </Button>
        </span>
      </div>
      {open && (
        <ChangeDetails
          change={change}
          strengths={strengths}
          onChange={onChange}
          amount={change.name === undefined ? null : value}
          where={change.name === undefined ? null : where}
          save={save}
          verify={verify}
        />
      )}
    </li>
  );
}

interface MoveProps {
  name: string;
  by: 1 | -1;
  /** There is nothing to move past; the button keeps the focus nevertheless. */
  stuck: boolean;
  onMove: (by: 1 | -1) => void;
}

function Move({ name, by, stuck, onMove }: MoveProps) {
  return (
    <Button
      look="bare"
      className={`px-1 ${stuck ? "cursor-default text-edge hover:bg-transparent" : "text-muted"}`}
      aria-disabled={stuck}
      aria-label={`Move ${name} ${by < 0 ? "up" : "down"}`}
      onClick={() => !stuck && onMove(by)}
    >
      <Icon name={by < 0 ? "raise" : "lower"} />
    </Button>
  );
}

/** The amount as it is typed; what else changes it, as a step taken back, is shown instead. */
function useAmount(change: Change, strengths: boolean, onChange: Props["onChange"]) {
  const [typed, setTyped] = useState<{ amount: Amount; made: string } | null>(null);
  const told = typed && typed.made === madeOf(change) ? typed.amount : toAmount(change);
  const amount: Amount = strengths || told.text !== "" ? told : { ...told, unit: "raw" };
  const edit = (next: Amount): void => {
    const finished = next.text.trim() === "" || readValue(next.text) !== null;
    const made = finished ? { ...change, ...fromAmount(next) } : change;
    setTyped({ amount: next, made: madeOf(made) });
    if (finished) onChange(made, `amount of ${keyOf(change)}`);
  };
  return [amount, edit] as const;
}

function madeOf({ value, strength }: Change): string {
  return `${value} ${strength}`;
}
