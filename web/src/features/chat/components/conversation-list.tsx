import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { ProblemNote } from "@/components/ui/problem-note";
import { Sheet } from "@/components/ui/sheet";
import { useDeleteConversation } from "@/features/chat/api/delete-conversation";
import { useConversations } from "@/features/chat/api/get-conversations";
import { problemOf } from "@/lib/problem";
import { hrefOf } from "@/lib/view-state";

const WHEN = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const ELSEWHERE = {
  run: null,
  beside: null,
  token: null,
  contrast: null,
  feature: null,
  steer: "",
  pane: "chat",
} as const;

interface Props {
  open: boolean;
  current: string | null;
  onOpenChange: (open: boolean) => void;
  onChoose: (id: string | null) => void;
}

/** The conversations kept in the journal, newest first. */
export function ConversationList({ open, current, onOpenChange, onChoose }: Props) {
  const list = useConversations(open);
  const remove = useDeleteConversation();
  const choose = (id: string | null): void => {
    onChoose(id);
    onOpenChange(false);
  };
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title="Conversations" side="left">
      {list.error && <ProblemNote problem={problemOf(list.error)} />}
      {list.data?.length === 0 && <p className="px-4 py-3 text-muted">None yet. The first question begins one.</p>}
      <ul>
        {list.data?.map(({ id, title, updated_at }) => (
          <li key={id} className="group flex items-center border-rule border-b pr-2">
            <a
              href={hrefOf({ ...ELSEWHERE, conversation: id })}
              aria-current={id === current ? "page" : undefined}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey) return;
                event.preventDefault();
                choose(id);
              }}
              className="min-w-0 flex-1 px-4 py-2 hover:bg-sunk aria-[current]:bg-sunk"
            >
              <span className="block truncate font-read text-read">{title || "Untitled"}</span>
              <time dateTime={updated_at} className="text-muted">
                {WHEN.format(new Date(updated_at))}
              </time>
            </a>
            <DeleteButton
              title={title || "conversation"}
              onDelete={() => {
                remove.mutate(id);
                if (id === current) onChoose(null);
              }}
            />
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

/** Asks once before it deletes: there is no way back. */
function DeleteButton({ title, onDelete }: { title: string; onDelete: () => void }) {
  const [asked, setAsked] = useState(false);
  if (asked)
    return (
      <Button autoFocus look="solid" onClick={onDelete} onBlur={() => setAsked(false)}>
        Delete for good
      </Button>
    );
  return (
    <Button look="bare" className="text-muted" aria-label={`Delete ${title}`} onClick={() => setAsked(true)}>
      <Icon name="close" />
    </Button>
  );
}
