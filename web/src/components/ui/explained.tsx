import { type ReactNode, useId, useState } from "react";
import { Popover } from "./popover";

interface Props {
  children: ReactNode;
  /** One sentence: what the number or word means. */
  meaning: string;
  className?: string;
}

/** A word or number that says what it is, to the pointer and to the keyboard alike. */
export function Explained({ children, meaning, className = "" }: Props) {
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        ref={setAnchor}
        aria-describedby={open ? id : undefined}
        data-own-escape={open || undefined}
        onPointerEnter={() => setOpen(true)}
        onPointerLeave={() => setOpen(false)}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || !open) return;
          event.stopPropagation();
          setOpen(false);
        }}
        className={`inline-block min-h-6 cursor-help rounded-sm text-left leading-6 underline decoration-edge decoration-dotted underline-offset-[0.25em] ${className}`}
      >
        {children}
      </button>
      {open && anchor && (
        <Popover
          anchor={anchor}
          id={id}
          role="tooltip"
          className="pointer-events-none w-64 px-3 py-2 text-left font-normal whitespace-normal"
        >
          {meaning}
        </Popover>
      )}
    </>
  );
}
