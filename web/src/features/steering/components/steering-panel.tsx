import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { ChangeRow } from "@/features/steering/components/change-row";
import type { Change } from "@/features/steering/model/draft";
import { plural } from "@/lib/format";

interface Props {
  changes: readonly Change[];
  /** Whether an atlas knows tail quantiles. */
  strengths: boolean;
  onChanges: (changes: Change[]) => void;
  /** Null while nothing can be asked. */
  onAgain: (() => void) | null;
}

/** The changes made to the model for the next answer. */
export function SteeringPanel({ changes, strengths, onChanges, onAgain }: Props) {
  const on = changes.filter((change) => change.on).length;
  return (
    <section aria-labelledby="steering-title" className="px-4 pt-2 pb-3">
      <div className="flex min-h-8 items-center gap-2">
        <h2 id="steering-title" className="font-semibold">
          Changes
        </h2>
        <span className="text-muted">
          {changes.length === 0 ? "none yet: suppress a feature from its row" : `${on} of ${changes.length} on`}
        </span>
        <span className="flex-1" />
        {changes.length > 0 && (
          <Button look="bare" className="text-muted" onClick={() => onChanges([])}>
            Remove all
          </Button>
        )}
      </div>
      {changes.length > 0 && (
        <>
          <ul className="border-rule border-t">
            {changes.map((change, index) => (
              <ChangeRow
                key={change.features.join()}
                change={change}
                strengths={strengths}
                onChange={(next) => onChanges(changes.map((one, i) => (i === index ? next : one)))}
                onRemove={() => onChanges(changes.filter((_, i) => i !== index))}
              />
            ))}
          </ul>
          <div className="mt-2.5 flex items-center justify-end gap-3">
            <span className="text-muted">Token 0 is never touched.</span>
            <Button look="solid" disabled={onAgain === null} onClick={() => onAgain?.()}>
              <Icon name="again" /> Ask again with {on === 0 ? "none of these" : plural(on, "change")}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
