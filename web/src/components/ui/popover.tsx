import { autoUpdate, flip, inline, offset, type Placement, shift, useFloating } from "@floating-ui/react-dom";
import type { ComponentProps } from "react";

interface Props extends ComponentProps<"div"> {
  anchor: Element;
  placement?: Placement;
  /** It may stand over what it is about, which leaves no room beside itself. */
  over?: boolean;
}

/** Something that stands beside what it is about, inside the window, without moving the text. */
export function Popover({
  anchor,
  placement = "bottom-start",
  over = false,
  className = "",
  children,
  ...rest
}: Props) {
  const { refs, floatingStyles } = useFloating({
    elements: { reference: anchor },
    placement,
    strategy: "fixed",
    middleware: [inline(), offset(7), flip({ padding: 8 }), shift({ padding: 8, crossAxis: over })],
    whileElementsMounted: autoUpdate,
  });
  return (
    <div
      ref={refs.setFloating}
      style={floatingStyles}
      className={`z-40 max-w-[calc(100vw-1rem)] rounded-md border border-rule bg-paper font-ui text-ui text-ink shadow-lift ${className}`}
      {...rest}
    >
      {children}
    </div>
  );
}
