import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Explained } from "@/components/ui/explained";
import { Icon } from "@/components/ui/icon";
import { ChangeRow } from "@/features/steering/components/change-row";
import { ConceptForm } from "@/features/steering/components/concept-form";
import { type Change, keyOf, unitsOf, withChange, withMoved, withReplaced } from "@/features/steering/model/draft";
import type { Step } from "@/features/steering/model/history";
import { keyed, NO_ROWS } from "@/features/steering/model/rows";
import { count, percent, plural } from "@/lib/format";
import { titleOf } from "@/lib/interventions";

interface Props {
  changes: readonly Change[];
  /** Parts of the address that stand where changes do and are none. */
  unread: number;
  /** Whether an atlas knows tail quantiles. */
  strengths: boolean;
  /** How many neurons the model has. */
  units: number | null;
  /** `3:9`: the tokens chosen in the conversation. */
  chosen: string | null;
  /** Makes other changes of those there are by then; `typing` names the field where it is one of several keystrokes. */
  onEdit: (make: (now: readonly Change[]) => readonly Change[], typing?: string) => void;
  undo: Step | null;
  redo: Step | null;
  /** What keeps the features of a change under a name. */
  save: (change: Change) => ReactNode;
  /** What verifies the features of a change. */
  verify: (change: Change) => ReactNode;
  /** The sets kept so, to be used again. */
  sets: ReactNode;
  /** Null while nothing can be asked. */
  onAgain: (() => void) | null;
}

/** The changes made to the model for the next answer, in the order in which they are applied. */
export function SteeringPanel(props: Props) {
  const { changes, unread, strengths, units, chosen, onEdit, undo, redo, save, verify, sets, onAgain } = props;
  const [fresh, setFresh] = useState<string | null>(null);
  const [moved, setMoved] = useState("");
  const [rows, setRows] = useState(() => keyed(NO_ROWS, changes));
  if (rows.changes !== changes) setRows(keyed(rows, changes));
  const on = changes.filter((change) => change.on).length;
  const move = (change: Change, index: number, by: 1 | -1): void => {
    onEdit((now) => withMoved(now, change, by));
    setMoved(`${titleOf(change.features, change.name)} is now ${index + by + 1} of ${changes.length}`);
  };
  return (
    <section aria-labelledby="steering-title" className="@container flex min-h-0 flex-col px-4 pt-2 pb-3">
      <div className="flex min-h-8 items-center gap-2">
        <h2 id="steering-title" className="font-semibold">
          Changes
        </h2>
        <span className="min-w-0 flex-1 text-muted">
          {changes.length === 0
            ? "none yet: name a concept, or press a feature’s buttons"
            : `${on} of ${changes.length} on`}
          {changes.length > 1 && (
            <>
              ,{" "}
              <Explained meaning="They are applied from top to bottom: where two set the same feature at the same token, the lower one decides.">
                the later wins
              </Explained>
            </>
          )}
        </span>
        <span className="flex text-muted">
          {undo && <TakeStep name="Undo" icon="undo" keys="Control+Z" step={undo} />}
          {redo && <TakeStep name="Redo" icon="redo" keys="Control+Shift+Z" step={redo} />}
          {changes.length > 0 && (
            <Button look="bare" onClick={() => onEdit(() => [])}>
              Remove all
            </Button>
          )}
        </span>
      </div>
      <ConceptForm
        chosen={chosen}
        onAdd={(change) => {
          setFresh(keyOf(change));
          onEdit((now) => withChange(now, change));
        }}
      />
      {sets}
      {unread > 0 && (
        <p className="mt-1 border-edge border-l-2 pl-2">
          {plural(unread, "change")} in the address cannot be read, and {unread === 1 ? "is" : "are"} not made: the link
          may be cut off or from another version.
        </p>
      )}
      <p aria-live="polite" className="sr-only">
        {moved}
      </p>
      {changes.length > 0 && (
        <>
          <ol aria-label="Changes" className="mt-2 min-h-0 overflow-y-auto border-rule border-t">
            {changes.map((change, index) => (
              <ChangeRow
                key={rows.keys[index]}
                change={change}
                startOpen={keyOf(change) === fresh}
                strengths={strengths}
                chosen={chosen}
                onChange={(next, typing) => onEdit((now) => withReplaced(now, change, next), typing)}
                onRemove={() => onEdit((now) => withReplaced(now, change, null))}
                onMove={changes.length > 1 ? (by) => move(change, index, by) : null}
                save={save(change)}
                verify={verify(change)}
                ends={{ first: index === 0, last: index === changes.length - 1 }}
              />
            ))}
          </ol>
          <div className="sticky bottom-0 -mx-4 -mb-3 flex flex-wrap items-center justify-end gap-x-3 gap-y-1 bg-panel px-4 pt-2 pb-3">
            <Touched changes={changes} units={units} />
            <Button look="solid" disabled={onAgain === null} onClick={() => onAgain?.()}>
              <Icon name="again" /> Ask again with {on === 0 ? "none of these" : plural(on, "change")}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

interface TakeStepProps {
  name: string;
  icon: "undo" | "redo";
  keys: string;
  step: Step;
}

function TakeStep({ name, icon, keys, step: { what, take } }: TakeStepProps) {
  return (
    <Button
      look="bare"
      className="px-1.5"
      aria-label={`${name}: ${what}`}
      aria-keyshortcuts={keys}
      title={`${name}: ${what}`}
      onClick={take}
    >
      <Icon name={icon} />
    </Button>
  );
}

function Touched({ changes, units }: Pick<Props, "changes" | "units">) {
  const n = unitsOf(changes);
  const neurons = changes.every((change) => change.features.every((id) => id.startsWith("mlp.")));
  if (n === 0) return null;
  return (
    <span className="flex-1 text-muted">
      <Explained meaning="Named by the changes that are on. Token 0 is never touched unless a range names it.">
        {plural(n, neurons ? "neuron" : "unit")} touched
      </Explained>
      {neurons && units !== null && units > 0 && `, ${percent(n / units)} of ${count(units)}`}
    </span>
  );
}
