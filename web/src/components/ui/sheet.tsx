import * as Dialog from "@radix-ui/react-dialog";
import { type ReactNode, useRef } from "react";
import { Boundary } from "./boundary";
import { Button } from "./button";
import { Icon } from "./icon";

const SIDES = {
  left: "inset-y-0 left-0 w-[min(24rem,calc(100vw-2.5rem))] border-r",
  bottom: "inset-x-0 bottom-0 h-[55dvh] border-t",
  middle:
    "left-1/2 top-1/2 max-h-[calc(100dvh-2rem)] w-[min(38rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 rounded-md border",
} as const;

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** Stands where the title would, which is then only spoken. */
  heading?: ReactNode;
  side: keyof typeof SIDES;
  /** False where the page behind stays in use, as beside a conversation. */
  modal?: boolean;
  children: ReactNode;
}

/** Whether Esc is for something on the surface: a field that gives up what was typed, a word's explanation. */
function ownsEscape(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[data-own-escape]") !== null;
}

/** A surface that comes over the page and goes again; a modal one leaves the focus where it was before. */
export function Sheet({ open, onOpenChange, title, heading, side, modal = true, children }: Props) {
  const opener = useRef<Element | null>(null);
  const arrive = (event: Event): void => {
    opener.current = document.activeElement;
    if (!modal) event.preventDefault();
  };
  const leave = (event: Event): void => {
    event.preventDefault();
    // Whatever closed it may have moved the focus on.
    const lost = document.activeElement === document.body;
    if (modal && lost && opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true });
  };
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange} modal={modal}>
      <Dialog.Portal>
        {modal && <Dialog.Overlay className="fixed inset-0 z-30 bg-veil" />}
        <Dialog.Content
          aria-describedby={undefined}
          data-modal={modal ? "" : undefined}
          className={`fixed z-30 flex flex-col border-rule bg-paper shadow-lift ${SIDES[side]}`}
          onEscapeKeyDown={(event) => ownsEscape(event.target) && event.preventDefault()}
          onInteractOutside={(event) => !modal && event.preventDefault()}
          onOpenAutoFocus={arrive}
          onCloseAutoFocus={leave}
        >
          <div
            className={`flex items-center justify-between min-h-10 border-rule border-b pr-2 ${heading ? "pl-0" : "pl-4"}`}
          >
            <Dialog.Title className={heading ? "sr-only" : "truncate font-semibold"}>{title}</Dialog.Title>
            {heading}
            <Dialog.Close asChild>
              <Button look="bare" aria-label={`Close ${title}`}>
                <Icon name="close" />
              </Button>
            </Dialog.Close>
          </div>
          <div
            className="min-h-0 flex-1 overflow-y-auto"
            // Text that is longer than the window is scrolled by the keys.
            tabIndex={side === "middle" ? 0 : undefined}
          >
            <Boundary name={title}>{children}</Boundary>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
