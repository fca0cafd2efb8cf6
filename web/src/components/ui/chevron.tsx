import { Icon } from "./icon";

/** On a button that opens what stands below it: it points down, and up where that is open. */
export function Chevron({ open }: { open: boolean }) {
  return (
    <span className={`transition-transform duration-100 ${open ? "rotate-180" : ""}`}>
      <Icon name="down" />
    </span>
  );
}
