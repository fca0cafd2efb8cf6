import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Explained } from "@/components/ui/explained";
import { Icon } from "@/components/ui/icon";
import { ChangeRow } from "@/features/steering/components/change-row";
import { ConceptForm } from "@/features/steering/components/concept-form";
import { type Change, keyOf, unitsOf, withChange } from "@/features/steering/model/draft";
import { count, percent, plural } from "@/lib/format";

interface Props {
  changes: readonly Change[];
  /** Whether an atlas knows tail quantiles. */
  strengths: boolean;
  /** How many neurons the model has. */
  units: number | null;
  onChanges: (changes: Change[]) => void;
  /** Null while nothing can be asked. */
  onAgain: (() => void) | null;
}

/** The changes made to the model for the next answer. */
export function SteeringPanel({ changes, strengths, units, onChanges, onAgain }: Props) {
  const [fresh, setFresh] = useState<string | null>(null);
  const on = changes.filter((change) => change.on).length;
  return (
    <section aria-labelledby="steering-title" className="flex min-h-0 flex-col px-4 pt-2 pb-3">
      <div className="flex min-h-8 items-center gap-2">
        <h2 id="steering-title" className="font-semibold">
          Changes
        </h2>
        <span className="text-muted">
          {changes.length === 0
            ? "none yet: name a concept, or press a feature’s buttons"
            : `${on} of ${changes.length} on`}
        </span>
        <span className="flex-1" />
        {changes.length > 0 && (
          <Button look="bare" className="text-muted" onClick={() => onChanges([])}>
            Remove all
          </Button>
        )}
      </div>
      <ConceptForm
        onAdd={(change) => {
          setFresh(keyOf(change));
          onChanges(withChange(changes, change));
        }}
      />
      {changes.length > 0 && (
        <>
          <ul aria-label="Changes" className="mt-2 min-h-0 overflow-y-auto border-rule border-t">
            {changes.map((change, index) => (
              <ChangeRow
                key={keyOf(change)}
                change={change}
                startOpen={keyOf(change) === fresh}
                strengths={strengths}
                onChange={(next) => onChanges(changes.map((one, i) => (i === index ? next : one)))}
                onRemove={() => onChanges(changes.filter((_, i) => i !== index))}
              />
            ))}
          </ul>
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
