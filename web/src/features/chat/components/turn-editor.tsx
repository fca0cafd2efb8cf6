import { type KeyboardEvent, useEffect } from "react";
import type { Turn } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import type { Editing } from "@/features/chat/components/use-editing";
import { useGrowing } from "@/features/chat/components/use-growing";

interface Props {
  turn: Turn;
  /** What the text was. */
  was: string;
  /** It is the last answer, which is edited where it stands. */
  last: boolean;
  editing: Editing;
}

/** A turn's text, in its place, to be asked otherwise. Enter asks, Shift+Enter breaks the line, Esc gives it up. */
export function TurnEditor({ turn, was, last, editing }: Props) {
  const { open, waiting, busy, type, cancel, save } = editing;
  const text = open?.text ?? "";
  const sending = open?.sending ?? false;
  const asks = turn.role === "user";
  const field = useGrowing(text, Math.max(220, innerHeight / 2));
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
  }, [field]);
  const said = asks ? text.trim() !== "" && text !== was : text !== "";
  const ready = said && !busy && waiting === null;
  const press = (event: KeyboardEvent): void => {
    if (event.key === "Escape") cancel();
    else if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      if (ready) save(turn);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const where = last ? "as one more answer to the same question" : "in a copy of the conversation up to here";
  return (
    <form
      aria-label={asks ? "Edit this question" : "Edit this answer"}
      aria-busy={sending}
      data-own-escape
      className="rounded-md border border-edge bg-paper text-ink focus-within:border-ink"
      onKeyDown={press}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) save(turn);
      }}
    >
      <textarea
        ref={field}
        rows={1}
        value={text}
        readOnly={sending}
        aria-label={asks ? "The question" : "How the answer begins"}
        onChange={(event) => type(event.target.value)}
        className="block w-full resize-none bg-transparent px-3.5 pt-2.5 pb-1 font-read text-read outline-none"
      />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3.5 pb-2">
        <p className="min-w-48 flex-1 text-muted">
          {waiting ??
            `${asks ? "Asked" : "The model goes on from this text,"} ${where}${last ? "." : "; this one stays as it is."}`}
        </p>
        <span className="-mr-2 ml-auto flex gap-1">
          <Button look="bare" onClick={cancel}>
            Cancel
          </Button>
          <Button look="solid" type="submit" disabled={!ready}>
            <Icon name="send" /> {asks ? "Ask" : "Go on"}
          </Button>
        </span>
      </div>
    </form>
  );
}
