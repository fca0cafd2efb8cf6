import { useRef, useState } from "react";
import type { FeatureSet } from "@/api/types";
import { Button } from "@/components/ui/button";
import { ConfirmDelete } from "@/components/ui/confirm-delete";
import { FeatureLink } from "@/components/ui/feature-link";
import { Icon } from "@/components/ui/icon";
import { NameField } from "@/components/ui/name-field";
import { useRenameSet } from "@/features/sets/api/change-sets";
import { formatSets } from "@/features/sets/model/file";
import { MOST_IN_CHANGE, MOST_IN_NAME } from "@/features/sets/model/sets";
import { count, plural } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { fileName, saveFile } from "@/lib/save-file";
import { useFocusBack } from "@/lib/use-focus-back";

/** Features told of a set; of more only the number. */
const TOLD = 20;

interface Props {
  set: FeatureSet;
  /** Whether an atlas knows tail quantiles. */
  strengths: boolean;
  onUse: (set: FeatureSet, strengthen: boolean) => void;
  onDelete: () => void;
}

/** One set of features: a change made of it at one press, and what else can be done with it. */
export function SetRow({ set, strengths, onUse, onDelete }: Props) {
  const { id, name, features, note } = set;
  const [open, setOpen] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const [asked, setAsked] = useState(false);
  const renamer = useRef<HTMLButtonElement>(null);
  useFocusBack(renaming, renamer);
  const large = features.length > MOST_IN_CHANGE;
  const why = large ? `More than ${MOST_IN_CHANGE} features: too many for one change` : undefined;
  return (
    <li className="border-rule border-t py-0.5">
      <div className="flex flex-wrap items-center gap-x-2">
        <span className="flex min-w-40 flex-1 items-baseline gap-2">
          {renaming ? (
            <SetName id={id} name={name} onDone={() => setRenaming(false)} />
          ) : (
            <>
              <span dir="auto" className="truncate" title={name}>
                {name}
              </span>
              <span className="shrink-0 text-muted">{plural(features.length, "feature")}</span>
            </>
          )}
        </span>
        <span className="flex">
          <Button
            look="bare"
            aria-label={`Suppress the set ${name}`}
            disabled={large}
            title={why}
            onClick={() => onUse(set, false)}
          >
            Suppress
          </Button>
          {strengths && (
            <Button
              look="bare"
              aria-label={`Strengthen the set ${name}`}
              disabled={large}
              title={why}
              onClick={() => onUse(set, true)}
            >
              Strengthen
            </Button>
          )}
          <Button
            look="bare"
            className="px-1.5 text-muted"
            aria-expanded={open}
            aria-label={`What can be done with the set ${name}`}
            onClick={() => setOpen(!open)}
          >
            <Icon name="more" />
          </Button>
        </span>
      </div>
      {open && (
        <div className="pb-1.5">
          {why && <p className="text-muted">{why}.</p>}
          {note && (
            <p dir="auto" className="text-muted [overflow-wrap:anywhere]">
              {note}
            </p>
          )}
          <p className="flex flex-wrap gap-x-3 text-muted">
            {features.slice(0, TOLD).map((feature) => (
              <FeatureLink key={feature} id={feature} />
            ))}
            {features.length > TOLD && <span>and {count(features.length - TOLD)} more</span>}
          </p>
          <div className="-ml-2 flex flex-wrap">
            <Button ref={renamer} look="bare" aria-label={`Rename the set ${name}`} onClick={() => setRenaming(true)}>
              Rename
            </Button>
            <Button
              look="bare"
              aria-label={`Export the set ${name}`}
              onClick={() => saveFile(fileName("features", name), formatSets([set]))}
            >
              Export
            </Button>
            <ConfirmDelete label={`Delete the set ${name}`} asked={asked} onAsked={setAsked} onDelete={onDelete} />
          </div>
        </div>
      )}
    </li>
  );
}

function SetName({ id, name, onDone }: { id: string; name: string; onDone: () => void }) {
  const rename = useRenameSet();
  return (
    <NameField
      label={`Another name for the set ${name}`}
      name={name}
      most={MOST_IN_NAME}
      busy={rename.isPending}
      problem={rename.error && problemOf(rename.error)}
      onName={(wanted) => (wanted === "" ? onDone() : rename.mutate({ id, name: wanted }, { onSuccess: onDone }))}
      onDone={onDone}
      className="flex-1"
    />
  );
}
