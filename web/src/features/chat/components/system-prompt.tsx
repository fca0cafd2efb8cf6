import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Sheet } from "@/components/ui/sheet";

interface Props {
  value: string;
  onSave: (system: string) => void;
}

/** The system prompt of this conversation; without one, the template's own holds. */
export function SystemPrompt({ value, onSave }: Props) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState(value);
  const change = (next: boolean): void => {
    if (next) setText(value);
    else if (text !== value) onSave(text);
    setOpen(next);
  };
  return (
    <>
      <Button look="bare" className="text-muted" onClick={() => change(true)}>
        <Icon name="system" />
        <span className="@max-md:sr-only">{value ? "system prompt set" : "system prompt"}</span>
      </Button>
      <Sheet open={open} onOpenChange={change} title="System prompt" side="middle">
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
          <div className="flex justify-end">
            <Button look="solid" onClick={() => change(false)}>
              Done
            </Button>
          </div>
        </div>
      </Sheet>
    </>
  );
}
