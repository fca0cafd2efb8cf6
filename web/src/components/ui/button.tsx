import type { ComponentProps } from "react";

const LOOKS = {
  /** The one act a place is there for. */
  solid:
    "bg-ink text-paper border-ink hover:opacity-85 disabled:opacity-100 disabled:bg-mark disabled:border-mark disabled:text-muted",
  /** Any other act. */
  plain: "border-edge hover:bg-sunk disabled:text-muted disabled:border-rule disabled:hover:bg-transparent",
  /** Among text and in rows. */
  bare: "border-transparent hover:bg-sunk disabled:text-muted disabled:hover:bg-transparent aria-pressed:bg-mark",
} as const;

interface Props extends ComponentProps<"button"> {
  look?: keyof typeof LOOKS;
}

export function Button({ look = "plain", className = "", type = "button", ...rest }: Props) {
  return (
    <button
      type={type}
      className={`inline-flex min-h-7 items-center justify-center gap-1.5 whitespace-nowrap rounded-sm border px-2 py-0.5 transition-colors duration-100 ${LOOKS[look]} ${className}`}
      {...rest}
    />
  );
}
