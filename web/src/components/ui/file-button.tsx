import { type ReactNode, useRef } from "react";
import { Button } from "./button";

interface Props {
  /** What is picked, to a screen reader. */
  label: string;
  disabled?: boolean;
  /** At least one. */
  onFiles: (files: readonly File[]) => void;
  className?: string;
  children: ReactNode;
}

/** Picks files of JSON from the disk. */
export function FileButton({ label, disabled = false, onFiles, className = "", children }: Props) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        accept=".json,application/json"
        aria-label={label}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          if (files.length > 0) onFiles(files);
          // So that the same file can be picked again.
          event.target.value = "";
        }}
      />
      <Button look="bare" className={className} disabled={disabled} onClick={() => picker.current?.click()}>
        {children}
      </Button>
    </>
  );
}
