import { type FocusEvent, type KeyboardEvent, type MouseEvent, type ReactNode, useState } from "react";
import { useFocused } from "@/lib/use-focused";
import { Button } from "./button";
import { Icon } from "./icon";
import { Popover } from "./popover";

const REACH = "It opens on this server only.";

interface Props {
  /** What it is a link to, where no words stand beside the sign. */
  label?: string;
  /** Read when it is pressed. */
  address: () => string;
  children?: ReactNode;
}

/** Copies an address, or where the browser refuses that, offers it to be copied. What it said goes with the focus. */
export function CopyLink({ label, address, children }: Props) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [said, say] = useState<{ copied: boolean; address: string } | null>(null);
  const copy = async ({ currentTarget }: MouseEvent<HTMLElement>): Promise<void> => {
    // Some browsers give a button no focus when it is pressed.
    currentTarget.focus();
    const text = address();
    try {
      await navigator.clipboard.writeText(text);
      say({ copied: true, address: text });
    } catch {
      say({ copied: false, address: text });
    }
  };
  const leave = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    if (!currentTarget.contains(relatedTarget)) say(null);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !said) return;
    event.stopPropagation();
    anchor?.focus();
    say(null);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it listens to what is within
    <span data-own-escape={said ? "" : undefined} onBlur={leave} onKeyDown={press}>
      <Button
        ref={setAnchor}
        look="bare"
        className={children ? "text-muted" : ""}
        aria-label={label}
        title={[label, REACH].filter(Boolean).join(". ")}
        onClick={(event) => void copy(event)}
      >
        <Icon name="link" /> {children}
      </Button>
      <span aria-live="polite" className="sr-only">
        {said?.copied && `Link copied. ${REACH}`}
      </span>
      {said && anchor && (
        <Popover anchor={anchor} className="w-72 px-3 py-2 text-left font-normal whitespace-normal">
          {said.copied ? <p aria-hidden="true">Link copied. {REACH}</p> : <Address>{said.address}</Address>}
        </Popover>
      )}
    </span>
  );
}

function Address({ children }: { children: string }) {
  const field = useFocused();
  return (
    <label>
      The browser does not let this page copy. Here is the link. {REACH}
      <input ref={field} readOnly value={children} className="field mt-1.5 w-full font-mono text-mono" />
    </label>
  );
}
