import { visible } from "@/lib/format";

/** A token where it is named rather than read: white space drawn, set off from the words around it. */
export function TokenName({ text, className = "" }: { text: string; className?: string }) {
  return (
    <span
      className={`inline-block max-w-full truncate rounded-sm bg-sunk px-1 align-bottom font-read ${className}`}
      dir="auto"
    >
      {visible(text)}
    </span>
  );
}
