import { type KeyboardEvent, useState } from "react";
import type { Problem } from "@/api/types";
import { useFocused } from "@/lib/use-focused";
import { ProblemNote } from "./problem-note";

interface Props {
  label: string;
  name: string;
  /** Characters that the server takes. */
  most: number;
  /** A name is on its way. */
  busy: boolean;
  /** Why the last one was refused. */
  problem: Problem | null;
  /** Another name than it has. */
  onName: (name: string) => void;
  /** It stays as it is. */
  onDone: () => void;
  className?: string;
}

/** Keys that a list around the field would take for its own. */
const OWN = ["ArrowDown", "ArrowUp", "F2", "Delete"];

/** A name as a field. Enter and leaving it keep what is typed, Esc does not; what is refused stays. */
export function NameField({ label, name, most, busy, problem, onName, onDone, className = "" }: Props) {
  const [text, setText] = useState(name);
  const field = useFocused();
  const keep = (): void => {
    const wanted = text.trim();
    if (busy) return;
    if (wanted === name) onDone();
    else onName(wanted);
  };
  const press = (event: KeyboardEvent): void => {
    // Enter and Esc are first those of what composes the letters.
    if (event.nativeEvent.isComposing) return;
    if (OWN.includes(event.key)) event.stopPropagation();
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") keep();
    else onDone();
  };
  return (
    <span data-own-escape className={`block min-w-0 ${className}`}>
      <input
        ref={field}
        value={text}
        maxLength={most}
        aria-label={label}
        onChange={(event) => setText(event.target.value)}
        onBlur={keep}
        onKeyDown={press}
        className="field w-full"
      />
      {problem && (
        <span className="mt-1 block text-left">
          <ProblemNote problem={problem} />
        </span>
      )}
    </span>
  );
}
