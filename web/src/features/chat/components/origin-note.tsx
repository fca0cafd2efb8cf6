import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { ViewLink } from "@/components/ui/view-link";
import { useConversation } from "@/features/chat/api/get-conversation";
import { UNTITLED } from "@/features/chat/model/titles";
import { go, NOTHING } from "@/lib/view-state";

/** Said over a copy that was made to ask otherwise: the original is as it was, and this leads back to it. */
export function OriginNote({ origin }: { origin: string }) {
  const { data: original } = useConversation(origin);
  const note = useRef<HTMLDivElement>(null);
  const known = original !== undefined;
  useEffect(() => {
    // What had the focus went with the original.
    if (known && document.activeElement === document.body) note.current?.focus({ preventScroll: true });
  }, [known]);
  if (!original) return null;
  const back = { ...NOTHING, conversation: origin };
  return (
    <div
      ref={note}
      role="status"
      tabIndex={-1}
      className="mb-4 flex max-w-[44rem] items-baseline gap-x-2 rounded-sm bg-panel py-1 pr-1 pl-3 outline-none"
    >
      <p className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <span className="text-muted">Asked in a copy, up to what was edited. The original is as it was: </span>
        <ViewLink
          to={back}
          className="rounded-sm underline decoration-edge underline-offset-[0.25em] hover:decoration-ink"
        >
          back to “{original.title || UNTITLED}”
        </ViewLink>
      </p>
      <Button
        look="bare"
        className="px-1.5 text-muted"
        aria-label="Close this note"
        onClick={() => go({ origin: null }, "replace")}
      >
        <Icon name="close" />
      </Button>
    </div>
  );
}
