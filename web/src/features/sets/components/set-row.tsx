import { type KeyboardEvent, useState } from "react";
import type { FeatureSet } from "@/api/types";
import { Button } from "@/components/ui/button";
import { FeatureLink } from "@/components/ui/feature-link";
import { Icon } from "@/components/ui/icon";
import { ProblemNote } from "@/components/ui/problem-note";
import { useRenameSet } from "@/features/sets/api/change-sets";
import { formatSets } from "@/features/sets/model/file";
import { MOST_IN_CHANGE, MOST_IN_NAME } from "@/features/sets/model/sets";
import { count, plural } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { fileName, saveFile } from "@/lib/save-file";
import { useFocused } from "@/lib/use-focused";

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
  const large = features.length > MOST_IN_CHANGE;
  const why = large ? `More than ${MOST_IN_CHANGE} features: too many for one change` : undefined;
  return (
    <li className="border-rule border-t py-0.5">
      <div className="flex flex-wrap items-center gap-x-2">
        <span className="flex min-w-40 flex-1 items-baseline gap-2">
          {renaming ? (
            <NameField id={id} name={name} onDone={() => setRenaming(false)} />
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
            <Button look="bare" aria-label={`Rename the set ${name}`} onClick={() => setRenaming(true)}>
              Rename
            </Button>
            <Button
              look="bare"
              aria-label={`Export the set ${name}`}
              onClick={() => saveFile(fileName("features", name), formatSets([set]))}
            >
              Export
            </Button>
            {asked ? (
              <Button
                autoFocus
                look="solid"
                data-own-escape
                onBlur={() => setAsked(false)}
                onKeyDown={(event) => event.key === "Escape" && setAsked(false)}
                // A press leaves the focus here, in browsers that take it away from buttons too.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => {
                  setAsked(false);
                  onDelete();
                }}
              >
                Delete for good
              </Button>
            ) : (
              <Button look="bare" aria-label={`Delete the set ${name}`} onClick={() => setAsked(true)}>
                Delete
              </Button>
            )}
          </div>
        </div>
      )}
    </li>
  );
}

function NameField({ id, name, onDone }: { id: string; name: string; onDone: () => void }) {
  const [text, setText] = useState(name);
  const rename = useRenameSet();
  const field = useFocused();
  const keep = (): void => {
    const wanted = text.trim();
    if (rename.isPending) return;
    if (wanted === name || wanted === "") onDone();
    else rename.mutate({ id, name: wanted }, { onSuccess: onDone });
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === "Escape") onDone();
    else if (event.key === "Enter") keep();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <span data-own-escape className="min-w-0 flex-1">
      <input
        ref={field}
        value={text}
        maxLength={MOST_IN_NAME}
        aria-label={`Another name for the set ${name}`}
        onChange={(event) => setText(event.target.value)}
        onBlur={keep}
        onKeyDown={press}
        className="field w-full"
      />
      {rename.error && <ProblemNote problem={problemOf(rename.error)} />}
    </span>
  );
}
