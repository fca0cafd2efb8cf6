import { useRef } from "react";
import { useFocusBack } from "@/lib/use-focus-back";
import { Button } from "./button";

interface Props {
  /** What it deletes, to a screen reader. */
  label: string;
  /** Whether it asks now. */
  asked: boolean;
  onAsked: (asked: boolean) => void;
  onDelete: () => void;
}

/** Deletes at the second press; anything else gives it up, and Esc leads back to the first button. */
export function ConfirmDelete({ label, asked, onAsked, onDelete }: Props) {
  const first = useRef<HTMLButtonElement>(null);
  useFocusBack(asked, first);
  if (!asked)
    return (
      <Button ref={first} look="bare" aria-label={label} onClick={() => onAsked(true)}>
        Delete
      </Button>
    );
  return (
    <Button
      autoFocus
      data-own-escape
      look="solid"
      onBlur={() => onAsked(false)}
      onKeyDown={(event) => event.key === "Escape" && onAsked(false)}
      // A press leaves the focus here, in browsers that take it away from buttons too.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => {
        onAsked(false);
        onDelete();
      }}
    >
      Delete for good
    </Button>
  );
}
