import { type KeyboardEvent, useState } from "react";
import { ProblemNote } from "@/components/ui/problem-note";
import { useUpdateConversation } from "@/features/chat/api/update-conversation";
import { MOST } from "@/features/chat/model/titles";
import { problemOf } from "@/lib/problem";
import { useFocused } from "@/lib/use-focused";

interface Props {
  id: string;
  title: string;
  /** It has another title now, or the old one again. */
  onDone: () => void;
  className?: string;
}

/** A conversation's title as a field. Enter and leaving it keep what is typed, Esc does not; what is refused stays. */
export function TitleField({ id, title, onDone, className = "" }: Props) {
  const [text, setText] = useState(title);
  const update = useUpdateConversation();
  const field = useFocused();
  const keep = (): void => {
    const wanted = text.trim();
    if (update.isPending) return;
    if (wanted === title) onDone();
    else update.mutate({ id, title: wanted }, { onSuccess: onDone });
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === "Escape") onDone();
    else if (event.key === "Enter" && !event.nativeEvent.isComposing) keep();
    else if (!["ArrowDown", "ArrowUp", "F2", "Delete"].includes(event.key)) return;
    else {
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <span data-own-escape className={`block min-w-0 ${className}`}>
      <input
        ref={field}
        value={text}
        maxLength={MOST}
        aria-label="Title of the conversation"
        onChange={(event) => setText(event.target.value)}
        onBlur={keep}
        onKeyDown={press}
        className="field w-full"
      />
      {update.error && (
        <span className="mt-1 block text-left">
          <ProblemNote problem={problemOf(update.error)} />
        </span>
      )}
    </span>
  );
}
