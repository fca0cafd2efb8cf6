import { type KeyboardEvent, useState } from "react";
import type { Problem } from "@/api/types";
import { Button } from "@/components/ui/button";
import { ProblemNote } from "@/components/ui/problem-note";
import { useKeepSet } from "@/features/sets/api/change-sets";
import { MOST_IN_NAME } from "@/features/sets/model/sets";
import { problemOf } from "@/lib/problem";
import { useFocused } from "@/lib/use-focused";

interface Props {
  features: readonly string[];
  /** What it is called unless another name is typed. */
  name?: string;
}

/** Keeps features under a name. What the server does not take stays in the field. */
export function SaveSet({ features, name = "" }: Props) {
  const [open, setOpen] = useState(false);
  const keep = useKeepSet();
  const close = (): void => {
    setOpen(false);
    keep.reset();
  };
  if (open)
    return (
      <NameForm
        name={name}
        busy={keep.isPending}
        problem={keep.error && problemOf(keep.error)}
        onName={(named) =>
          keep.mutate({ name: named, features: [...features], note: null }, { onSuccess: () => setOpen(false) })
        }
        onCancel={close}
      />
    );
  return (
    <span aria-live="polite">
      {keep.data ? (
        <span className="text-muted">Saved as the set “{keep.data.name}”</span>
      ) : (
        <Button look="bare" className="-ml-2 text-muted" onClick={() => setOpen(true)}>
          Save as a set…
        </Button>
      )}
    </span>
  );
}

interface FormProps {
  name: string;
  busy: boolean;
  problem: Problem | null;
  onName: (name: string) => void;
  onCancel: () => void;
}

function NameForm({ name, busy, problem, onName, onCancel }: FormProps) {
  const [text, setText] = useState(name);
  const field = useFocused();
  const ready = text.trim() !== "" && !busy;
  const press = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onCancel();
  };
  return (
    <form
      aria-label="Save as a set"
      data-own-escape
      className="grid gap-1 py-1"
      onKeyDown={press}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onName(text.trim());
      }}
    >
      <div className="flex flex-wrap items-center gap-1">
        <input
          ref={field}
          value={text}
          maxLength={MOST_IN_NAME}
          aria-label="Name of the set"
          placeholder="a name for the set"
          onChange={(event) => setText(event.target.value)}
          className="field min-w-40 flex-1 placeholder:text-muted"
        />
        <Button type="submit" disabled={!ready}>
          Save
        </Button>
        <Button look="bare" onClick={onCancel}>
          Cancel
        </Button>
      </div>
      {problem && <ProblemNote problem={problem} />}
    </form>
  );
}
