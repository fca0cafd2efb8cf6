import { useState } from "react";
import type { Problem } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { ProblemNote } from "@/components/ui/problem-note";
import { Sheet } from "@/components/ui/sheet";
import { problemOf } from "@/lib/problem";

interface Props {
  value: string;
  /** Rejects where it could not be kept. */
  onSave: (system: string) => Promise<void>;
}

/** The system prompt of this conversation; without one, the template's own holds. What could not be kept stays open. */
export function SystemPrompt({ value, onSave }: Props) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState(value);
  const [problem, setProblem] = useState<Problem | null>(null);
  const begin = (): void => {
    if (!problem) setText(value);
    setOpen(true);
  };
  const end = (): void => {
    setOpen(false);
    setProblem(null);
    if (text === value) return;
    onSave(text).catch((error: unknown) => {
      setProblem(problemOf(error));
      setOpen(true);
    });
  };
  const forget = (): void => {
    setText(value);
    setProblem(null);
    setOpen(false);
  };
  return (
    <>
      <Button look="bare" className="text-muted" onClick={begin}>
        <Icon name="system" />
        <span className="@max-md:sr-only">{value ? "system prompt set" : "system prompt"}</span>
      </Button>
      <Sheet open={open} onOpenChange={(next) => (next ? begin() : end())} title="System prompt" side="middle">
        <div className="grid gap-2 px-4 py-4">
          <textarea
            value={text}
            rows={6}
            aria-label="System prompt"
            onChange={(event) => setText(event.target.value)}
            placeholder="Empty: the model’s template puts its own"
            className="field w-full px-3 py-2 font-read text-read placeholder:text-muted"
          />
          <p className="text-muted">Read before everything else, from the next answer on.</p>
          {problem && <ProblemNote problem={problem} />}
          <div className="flex justify-end gap-2">
            {problem && (
              <Button look="bare" onClick={forget}>
                Leave it as it was
              </Button>
            )}
            <Button look="solid" onClick={end}>
              Done
            </Button>
          </div>
        </div>
      </Sheet>
    </>
  );
}
