import type { KeyboardEvent, ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { useDraft } from "@/features/chat/components/use-draft";
import { useGrowing } from "@/features/chat/components/use-growing";

interface Props {
  /** Why nothing can be sent now; null where it can. */
  waiting: string | null;
  /** An answer is on its way: the stop button stands where send was. */
  busy: boolean;
  /** Rejects where the server never got the question. */
  onSend: (text: string) => Promise<void>;
  onStop: () => void;
  children: ReactNode;
}

/** Where one writes. Enter sends, Shift+Enter breaks the line; what is not sent is still there, after a reload too. */
export function Composer({ waiting, busy, onSend, onStop, children }: Props) {
  const [text, setText] = useDraft("pellucid.question");
  const field = useGrowing(text, 220);
  const ready = text.trim() !== "" && !busy && waiting === null;

  const submit = async (): Promise<void> => {
    if (!ready) return;
    setText("");
    try {
      await onSend(text);
    } catch {
      setText((now) => now || text);
    }
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void submit();
  };
  return (
    <form
      aria-label="Ask"
      data-tour="ask"
      className="rounded-md border border-edge bg-paper focus-within:border-ink"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <textarea
        ref={field}
        rows={1}
        value={text}
        aria-label="Your question"
        placeholder={waiting ?? "Ask a question"}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={press}
        className="block min-h-[2.9rem] w-full resize-none bg-transparent px-3.5 pt-2.5 pb-1 font-read text-read outline-none placeholder:text-muted"
      />
      <div className="flex flex-wrap items-center gap-1 px-1.5 pb-1.5">
        {children}
        {busy ? (
          <Button look="solid" className="ml-auto" onClick={onStop}>
            <Icon name="stop" /> Stop
          </Button>
        ) : (
          <Button look="solid" className="ml-auto" type="submit" disabled={!ready}>
            <Icon name="send" /> Send
          </Button>
        )}
      </div>
    </form>
  );
}
