import { type ReactNode, useEffect, useRef } from "react";
import type { Turn } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { EDIT_KEY } from "@/features/chat/components/token-elements";
import { TurnEditor } from "@/features/chat/components/turn-editor";
import { type Speaker, TurnFrame } from "@/features/chat/components/turn-view";
import type { Editing } from "@/features/chat/components/use-editing";
import { usePointing } from "@/lib/pointing";

/** A turn as it can be edited. */
export interface Editable {
  turn: Turn;
  /** What tells it from others that can be edited. */
  key: string;
  text: string;
  /** Nothing follows it. */
  last: boolean;
  /** It is drawn as tokens: a key on any of them edits it, and its button is no stop of the Tab key. */
  tokens: boolean;
}

interface Props {
  speaker: Speaker;
  /** Null where it is no turn of the conversation. */
  of: Editable | null;
  editing: Editing;
  children: ReactNode;
}

/** A turn with the way to edit it, which turns it into a text area where it stands. */
export function EditableTurn({ speaker, of, editing, children }: Props) {
  return (
    <TurnFrame speaker={speaker} act={of && <EditButton of={of} editing={editing} />}>
      <OrEditor of={of} editing={editing}>
        {children}
      </OrEditor>
    </TurnFrame>
  );
}

/** What a turn says, or the text area that stands for it while it is edited. */
export function OrEditor({ of, editing, children }: Omit<Props, "speaker">) {
  if (!of || editing.open?.key !== of.key) return children;
  return <TurnEditor key={of.key} turn={of.turn} was={of.text} last={of.last} editing={editing} />;
}

/** Begins to edit a turn; the focus comes back to it, unless another is edited then. */
export function EditButton({ of, editing }: { of: Editable; editing: Editing }) {
  const button = useRef<HTMLButtonElement>(null);
  const open = editing.open?.key === of.key;
  const was = useRef(open);
  const none = editing.open === null;
  useEffect(() => {
    if (was.current && none) button.current?.focus({ preventScroll: true });
    was.current = open;
  }, [open, none]);
  const point = usePointing((state) => state.point);
  const name = of.turn.role === "user" ? "question" : "answer";
  const begin = (): void => {
    if (editing.busy) return;
    // The token that it stands beside goes.
    point(null);
    editing.begin(of.key, of.text);
  };
  return (
    <Button
      ref={button}
      look="bare"
      hidden={open}
      className="px-1 text-muted hover:text-ink aria-disabled:cursor-default aria-disabled:text-edge aria-disabled:hover:bg-transparent"
      data-edit
      tabIndex={of.tokens ? -1 : 0}
      aria-keyshortcuts={of.tokens ? EDIT_KEY : undefined}
      aria-label={`Edit this ${name}`}
      title={`Edit this ${name}${of.tokens ? `, or press ${EDIT_KEY} on one of its words` : ""}`}
      // Not disabled, which would lose the focus that an answer on its way finds here.
      aria-disabled={editing.busy}
      onClick={begin}
    >
      <Icon name="edit" />
    </Button>
  );
}
