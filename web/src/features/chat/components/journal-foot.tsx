import { useRef, useState } from "react";
import type { JournalFacts } from "@/api/types";
import { Button } from "@/components/ui/button";
import { FileButton } from "@/components/ui/file-button";
import { bytes, plural } from "@/lib/format";
import { useFocusBack } from "@/lib/use-focus-back";

interface Props {
  journal: JournalFacts | undefined;
  /** Something is being deleted. */
  busy: boolean;
  onFiles: (files: readonly File[]) => void;
  /** Deletes all there are. */
  onDelete: () => void;
}

/** Where conversations are kept; what can be done with all of them, and how one comes back from a file. */
export function JournalFoot({ journal, busy, onFiles, onDelete }: Props) {
  const [asked, setAsked] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  useFocusBack(asked, first);
  const n = journal?.n_conversations ?? 0;
  const all = plural(n, "conversation");
  return (
    <footer className="border-rule border-t bg-panel px-4 py-2.5">
      {journal && (
        <p className="text-muted">
          {all}
          {journal.bytes !== null && `, ${bytes(journal.bytes)}`}, kept by the server in{" "}
          <span className="select-all font-mono text-mono [overflow-wrap:anywhere]">{journal.place}</span>
        </p>
      )}
      <div className="-ml-2 mt-1 flex flex-wrap items-center gap-1">
        <FileButton label="Files to import" onFiles={onFiles}>
          Import…
        </FileButton>
        <span className="text-muted max-sm:hidden">or drop files here</span>
        <span className="flex-1" />
        {n > 0 && !asked && (
          <Button ref={first} look="bare" className="-mr-2" onClick={() => setAsked(true)}>
            Delete all…
          </Button>
        )}
      </div>
      {asked && n > 0 && (
        <fieldset
          data-own-escape
          aria-label="Delete all"
          className="mt-1 flex min-w-0 flex-wrap items-center gap-2"
          onKeyDown={(event) => event.key === "Escape" && setAsked(false)}
        >
          <p className="flex-1">Delete {n === 1 ? "the one conversation" : `all ${all}`} for good?</p>
          <Button autoFocus onClick={() => setAsked(false)}>
            Keep {n === 1 ? "it" : "them"}
          </Button>
          <Button
            look="solid"
            disabled={busy}
            onClick={() => {
              setAsked(false);
              onDelete();
            }}
          >
            Delete {all}
          </Button>
        </fieldset>
      )}
    </footer>
  );
}
