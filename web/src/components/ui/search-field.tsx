import type { ComponentProps } from "react";
import { Icon } from "./icon";

interface Props extends Omit<ComponentProps<"input">, "onChange" | "type"> {
  /** What it searches, to a screen reader. */
  label: string;
  value: string;
  onChange: (text: string) => void;
}

/** A field that searches as one types. */
export function SearchField({ label, onChange, ...rest }: Props) {
  return (
    <label className="flex min-w-0 flex-1 items-center gap-2 rounded-sm border border-edge px-2 focus-within:border-ink">
      <span className="text-muted">
        <Icon name="search" />
      </span>
      <input
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        onChange={(event) => onChange(event.target.value)}
        className="min-h-8 w-full min-w-0 bg-transparent outline-none placeholder:text-muted"
        {...rest}
      />
    </label>
  );
}
