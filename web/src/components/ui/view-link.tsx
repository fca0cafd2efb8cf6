import type { ComponentProps, MouseEvent } from "react";
import { go, hrefOf, type View } from "@/lib/view-state";

interface Props extends Omit<ComponentProps<"a">, "href" | "onClick"> {
  /** What is looked at otherwise at its other end. */
  to: Partial<View>;
  /** What a plain press does; it goes there unless told otherwise. */
  onFollow?: () => void;
}

/** A link to another view: a plain press stays on this page, one with a key held is the browser's own. */
export function ViewLink({ to, onFollow = () => go(to), ...rest }: Props) {
  const follow = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onFollow();
  };
  return <a href={hrefOf(to)} onClick={follow} {...rest} />;
}
