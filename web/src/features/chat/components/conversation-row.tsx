import { type KeyboardEvent, useRef, useState } from "react";
import type { ConversationSummary, Problem } from "@/api/types";
import { Button } from "@/components/ui/button";
import { ConfirmDelete } from "@/components/ui/confirm-delete";
import { Icon } from "@/components/ui/icon";
import { ProblemNote } from "@/components/ui/problem-note";
import { ViewLink } from "@/components/ui/view-link";
import { useDuplicate } from "@/features/chat/api/copy-conversation";
import { useExport } from "@/features/chat/api/exchange-conversation";
import { TitleField } from "@/features/chat/components/title-field";
import { copyTitle, UNTITLED } from "@/features/chat/model/titles";
import { problemOf } from "@/lib/problem";
import { useFocusBack } from "@/lib/use-focus-back";
import { FRESH } from "@/lib/view-state";

const WHEN = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

interface Props {
  conversation: ConversationSummary;
  /** It is the one looked at. */
  current: boolean;
  onChoose: () => void;
  onDelete: () => void;
  /** What happened, for those who do not see it. */
  onSaid: (words: string) => void;
}

/** A conversation in the list: a link to it, and what can be done with it. F2 renames, Delete asks whether to delete. */
export function ConversationRow({ conversation, current, onChoose, onDelete, onSaid }: Props) {
  const { id, title, updated_at } = conversation;
  const name = title || UNTITLED;
  const [open, setOpen] = useState(false);
  const [doing, setDoing] = useState<"rename" | "delete" | null>(null);
  const link = useRef<HTMLAnchorElement>(null);
  const renamer = useRef<HTMLButtonElement>(null);
  useFocusBack(doing === "rename", open ? renamer : link);
  const duplicate = useDuplicate();
  const save = useExport();
  const error = duplicate.error ?? save.error;
  const press = (event: KeyboardEvent): void => {
    if (event.key === "F2") setDoing("rename");
    else if (event.key === "Delete") {
      setOpen(true);
      setDoing("delete");
    } else return;
    event.preventDefault();
  };
  return (
    <li className="border-rule border-b" onKeyDown={press}>
      <div className="flex items-center pr-2">
        {doing === "rename" ? (
          <TitleField id={id} title={title} onDone={() => setDoing(null)} className="flex-1 py-2 pr-2 pl-4" />
        ) : (
          <ViewLink
            ref={link}
            to={{ ...FRESH, conversation: id }}
            aria-current={current ? "page" : undefined}
            data-conversation={id}
            onFollow={onChoose}
            className="min-w-0 flex-1 px-4 py-2 hover:bg-sunk focus-visible:-outline-offset-2 aria-[current]:bg-sunk"
          >
            <span dir="auto" className="block truncate font-read text-read">
              {name}
            </span>
            <time dateTime={updated_at} className="text-muted">
              {WHEN.format(new Date(updated_at))}
            </time>
          </ViewLink>
        )}
        <Button
          look="bare"
          className="ml-1 px-1.5 text-muted"
          aria-expanded={open}
          aria-label={`What can be done with ${name}`}
          onClick={() => setOpen(!open)}
        >
          <Icon name="more" />
        </Button>
      </div>
      {open && (
        <div className="flex flex-wrap px-2 pb-1.5">
          <Button ref={renamer} look="bare" aria-label={`Rename ${name}`} onClick={() => setDoing("rename")}>
            Rename
          </Button>
          <Button
            look="bare"
            aria-label={`Duplicate ${name}`}
            disabled={duplicate.isPending}
            onClick={() =>
              duplicate.mutate({ id, title }, { onSuccess: () => onSaid(`Duplicated as “${copyTitle(title)}”`) })
            }
          >
            Duplicate
          </Button>
          <Button
            look="bare"
            aria-label={`Export ${name}`}
            disabled={save.isPending}
            onClick={() => save.mutate({ id, title }, { onSuccess: () => onSaid(`Exported “${name}”`) })}
          >
            Export
          </Button>
          <span className="flex-1" />
          <ConfirmDelete
            label={`Delete ${name}`}
            asked={doing === "delete"}
            onAsked={(asked) => setDoing(asked ? "delete" : null)}
            onDelete={onDelete}
          />
        </div>
      )}
      {error && <RowProblem problem={problemOf(error)} />}
    </li>
  );
}

function RowProblem({ problem }: { problem: Problem }) {
  return (
    <div className="px-4 pb-2">
      <ProblemNote problem={problem} />
    </div>
  );
}
