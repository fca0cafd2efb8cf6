import { useState } from "react";
import type { FeatureSet, Problem } from "@/api/types";
import { Button } from "@/components/ui/button";
import { FileButton } from "@/components/ui/file-button";
import { ProblemNote } from "@/components/ui/problem-note";
import { useDeleteSet, useImportSets } from "@/features/sets/api/change-sets";
import { useSets } from "@/features/sets/api/get-sets";
import { SetRow } from "@/features/sets/components/set-row";
import { formatSets, NoSets } from "@/features/sets/model/file";
import { plural } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { saveFile } from "@/lib/save-file";

interface Props {
  /** Whether an atlas knows tail quantiles. */
  strengths: boolean;
  onUse: (set: FeatureSet, strengthen: boolean) => void;
}

/** The sets of features kept in the journal, behind one line; looked at once they are wanted. */
export function SetList({ strengths, onUse }: Props) {
  const [open, setOpen] = useState(false);
  const { data: sets, error } = useSets(open);
  const remove = useDeleteSet();
  const take = useImportSets();
  const failed = error ?? remove.error ?? take.error;
  return (
    <details className="mt-1" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit rounded-sm text-muted">Sets of features</summary>
      <div className="pt-1 pb-2 lg:max-h-[18dvh] lg:overflow-y-auto">
        {sets?.length === 0 && (
          <p className="text-muted">None yet: a change, opened, keeps its features under a name.</p>
        )}
        <ul aria-label="Sets of features">
          {sets?.map((set) => (
            <SetRow key={set.id} set={set} strengths={strengths} onUse={onUse} onDelete={() => remove.mutate(set.id)} />
          ))}
        </ul>
        <div aria-live="polite">{take.data && <p>{importedInWords(take.data)}</p>}</div>
        {failed && (
          <div className="my-1">
            <ProblemNote problem={wordsOf(failed)} />
          </div>
        )}
        <div className="-ml-2 flex flex-wrap">
          <FileButton
            label="Files of sets to import"
            className="text-muted"
            disabled={take.isPending}
            onFiles={(files) => take.mutate(files)}
          >
            Import sets…
          </FileButton>
          {sets && sets.length > 0 && (
            <Button look="bare" className="text-muted" onClick={() => saveFile("feature-sets.json", formatSets(sets))}>
              Export all
            </Button>
          )}
        </div>
      </div>
    </details>
  );
}

function importedInWords({ added, had }: { added: number; had: number }): string {
  const came = added === 0 ? "Nothing new" : `${plural(added, "set")} imported`;
  return had === 0 ? `${came}.` : `${came}; ${plural(had, "set")} ${had === 1 ? "was" : "were"} there already.`;
}

function wordsOf(error: unknown): Problem {
  if (!(error instanceof NoSets)) return problemOf(error);
  return {
    ...problemOf(error),
    what: "this is no file of feature sets",
    why: error.message,
    instead: "import what an export of sets gave",
  };
}
