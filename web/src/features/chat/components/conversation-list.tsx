import { type DragEvent, type KeyboardEvent, useRef, useState } from "react";
import type { ConversationSummary } from "@/api/types";
import { ProblemNote } from "@/components/ui/problem-note";
import { SearchField } from "@/components/ui/search-field";
import { Sheet } from "@/components/ui/sheet";
import { useDelete } from "@/features/chat/api/delete-conversation";
import { useImport } from "@/features/chat/api/exchange-conversation";
import { useConversations } from "@/features/chat/api/get-conversations";
import { useJournal } from "@/features/chat/api/get-journal";
import { ConversationRow } from "@/features/chat/components/conversation-row";
import { JournalFoot } from "@/features/chat/components/journal-foot";
import { UNTITLED } from "@/features/chat/model/titles";
import { plural } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { moveOf } from "@/lib/roving";
import { useDebounced } from "@/lib/use-debounced";

const REST_MS = 160;
/** Characters that the server searches for. */
const LONGEST = 1000;

interface Props {
  open: boolean;
  current: string | null;
  onOpenChange: (open: boolean) => void;
  onChoose: (id: string | null) => void;
}

/** The conversations kept in the journal, the one changed last first. */
export function ConversationList({ open, onOpenChange, ...rest }: Props) {
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title="Conversations" side="left">
      <Listed {...rest} onClose={() => onOpenChange(false)} />
    </Sheet>
  );
}

function Listed({ current, onChoose, onClose }: Pick<Props, "current" | "onChoose"> & { onClose: () => void }) {
  const [text, setText] = useState("");
  const [said, say] = useState("");
  const [over, setOver] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const rested = useDebounced(text, REST_MS);
  const list = useConversations(rested, true);
  const journal = useJournal(true);
  const remove = useDelete();
  const take = useImport();
  const searching = rested.trim() !== "";
  const error = list.error ?? take.error ?? remove.error;
  const choose = (id: string | null): void => {
    onChoose(id);
    onClose();
  };
  const importAll = (files: readonly File[]): void => {
    if (files.length === 0) return;
    say("");
    take.mutate(files, {
      onSuccess: (taken) =>
        say(
          taken.length === 1
            ? `Imported “${taken[0]?.title || UNTITLED}”`
            : `Imported ${plural(taken.length, "conversation")}`,
        ),
    });
  };
  const gone = (words: string, here: boolean): void => {
    say(words);
    if (here) onChoose(null);
    frame.current?.querySelector("input")?.focus();
  };
  const forget = ({ id, title }: ConversationSummary): void =>
    remove.mutate(id, { onSuccess: () => gone(`Deleted “${title || UNTITLED}”`, id === current) });
  const forgetAll = (): void =>
    remove.mutate(null, { onSuccess: () => gone("All conversations are deleted", current !== null) });
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    importAll([...event.dataTransfer.files]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files can be dropped anywhere on it; the button does the same
    <div
      ref={frame}
      className={`flex min-h-full flex-col ${over ? "bg-sunk" : ""}`}
      onKeyDown={(event) => walk(event, frame.current)}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        const to = event.relatedTarget;
        if (!(to instanceof Node && event.currentTarget.contains(to))) setOver(false);
      }}
      onDrop={drop}
    >
      <search className="sticky top-0 z-10 block border-rule border-b bg-paper px-4 py-2">
        <SearchField
          label="Search conversations"
          value={text}
          maxLength={LONGEST}
          placeholder="Search titles, questions, answers"
          onChange={setText}
        />
      </search>
      <div aria-live="polite">
        {searching && list.data && (
          <p className="px-4 pt-2 text-muted">
            {list.data.length === 0
              ? "No conversation has this text."
              : `${plural(list.data.length, "conversation")} found`}
          </p>
        )}
        {take.isPending && <p className="px-4 pt-2 text-muted">Importing</p>}
        {said && <p className="px-4 pt-2">{said}</p>}
      </div>
      {error && (
        <div className="px-4 pt-2">
          <ProblemNote problem={problemOf(error)} />
        </div>
      )}
      {!searching && list.data?.length === 0 && (
        <p className="px-4 py-3 text-muted">None yet. The first question begins one.</p>
      )}
      <ul aria-label="Conversations" className="flex-1">
        {list.data?.map((conversation) => (
          <ConversationRow
            key={conversation.id}
            conversation={conversation}
            current={conversation.id === current}
            onChoose={() => choose(conversation.id)}
            onDelete={() => forget(conversation)}
            onSaid={say}
          />
        ))}
      </ul>
      <JournalFoot journal={journal.data} busy={remove.isPending} onFiles={importAll} onDelete={forgetAll} />
    </div>
  );
}

/** The arrows walk from the search to the conversations, and back. */
function walk(event: KeyboardEvent, frame: HTMLElement | null): void {
  const move = moveOf(event);
  if (!frame || (move !== "ArrowDown" && move !== "ArrowUp")) return;
  const stops = [...frame.querySelectorAll<HTMLElement>("search input, [data-conversation]")];
  const row = event.target instanceof Element ? event.target.closest("li")?.querySelector("[data-conversation]") : null;
  const from = stops.findIndex((stop) => stop === (row ?? event.target));
  event.preventDefault();
  stops[from + (move === "ArrowDown" ? 1 : -1)]?.focus();
}
