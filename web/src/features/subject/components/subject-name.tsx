import { useState } from "react";
import type { Subject } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/sheet";
import { count } from "@/lib/format";

/** The model's name; behind it, what it is. */
export function SubjectName({ subject }: { subject: Subject | undefined }) {
  const [open, setOpen] = useState(false);
  if (subject?.state !== "ready") return <span className="truncate px-2 text-muted">no model yet</span>;
  const facts: [string, string, string][] = [
    ["family", subject.family ?? "", "The architecture, as the model’s own configuration names it."],
    ["layers", number(subject.n_layers), "Each layer’s MLP has neurons that can be read and set."],
    ["width", number(subject.d_model), "Numbers in the residual stream at each token."],
    ["neurons a layer", number(subject.d_mlp), "Inputs of the MLP’s down projection."],
    ["features", number(subject.n_features), "One for each sign of each neuron."],
    ["context", `${number(subject.n_context)} tokens`, "The longest conversation it reads."],
    ["numbers", `${subject.dtype ?? ""} on ${subject.device ?? ""}`, "How and where it is computed."],
    ["hash", subject.hash ?? "", "Names exactly these weights: facts about other weights do not hold here."],
  ];
  return (
    <>
      <Button look="bare" className="min-w-0 shrink text-muted" onClick={() => setOpen(true)}>
        <span className="truncate">{shortName(subject.name ?? "the model")}</span>
      </Button>
      <Sheet open={open} onOpenChange={setOpen} title={subject.name ?? "The model"} side="middle">
        <dl className="grid gap-2 px-4 py-4">
          {facts.map(([name, value, meaning]) => (
            <div key={name} className="grid grid-cols-[8rem_1fr] gap-x-3">
              <dt className="text-muted">{name}</dt>
              <dd className="min-w-0">
                <span className="[overflow-wrap:anywhere]">{value}</span>
                <span className="block text-muted">{meaning}</span>
              </dd>
            </div>
          ))}
        </dl>
      </Sheet>
    </>
  );
}

function number(value: number | null): string {
  return value === null ? "unknown" : count(value);
}

function shortName(name: string): string {
  return name.split("/").at(-1) ?? name;
}
