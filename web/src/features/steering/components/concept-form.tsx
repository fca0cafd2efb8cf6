import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ProblemNote } from "@/components/ui/problem-note";
import { Select } from "@/components/ui/select";
import { type Direction, getConcept } from "@/features/steering/api/get-concept";
import type { Change } from "@/features/steering/model/draft";
import { placesFor } from "@/features/steering/model/places";
import { plural } from "@/lib/format";
import { problemOf } from "@/lib/problem";

/** What the server takes for a concept, in characters. */
const MAX_TEXT = 2000;

interface Asked {
  words: string;
  direction: Direction;
  /** Where it is to act. */
  positions: string;
}

interface Props {
  /** `3:9`: the tokens chosen in the conversation; a change acts there unless said otherwise. */
  chosen: string | null;
  onAdd: (change: Change) => void;
}

/** A concept in words: its features are looked up and become one change. */
export function ConceptForm({ chosen, onAdd }: Props) {
  const [text, setText] = useState("");
  const [picked, setPicked] = useState<string | null>(null);
  const positions = picked ?? chosen ?? "prompt";
  const look = useMutation({
    mutationFn: (asked: Asked) => getConcept(asked.words, asked.direction, null),
    onSuccess: ({ query, features, strength, value }, asked) => {
      onAdd({
        features: features.map((feature) => feature.id),
        value: value ?? null,
        strength: strength ?? 0,
        positions: asked.positions,
        on: true,
        name: query,
      });
      // What was typed in the meantime stays.
      setText((now) => (now.trim() === asked.words ? "" : now));
    },
  });
  const ask = (direction: Direction): void => look.mutate({ words: text.trim(), direction, positions });
  const ready = text.trim() !== "" && !look.isPending;
  const skipped = look.data?.skipped ?? 0;
  return (
    <form
      aria-label="Steer in words"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) ask("suppress");
      }}
    >
      <div className="flex flex-wrap items-center gap-2">
        <input
          value={text}
          maxLength={MAX_TEXT}
          aria-label="Concept to suppress or to strengthen"
          placeholder="a concept, as months of the year"
          onChange={(event) => {
            setText(event.target.value);
            if (!look.isPending) look.reset();
          }}
          className="field min-w-48 flex-1 placeholder:text-muted"
        />
        <Select
          label="Where the concept is changed"
          value={positions}
          onChange={setPicked}
          options={placesFor(chosen, positions)}
        />
        <span className="flex gap-2">
          <Button type="submit" aria-label="Suppress this concept" disabled={!ready}>
            Suppress
          </Button>
          <Button aria-label="Strengthen this concept" disabled={!ready} onClick={() => ask("strengthen")}>
            Strengthen
          </Button>
        </span>
      </div>
      <div aria-live="polite">
        {look.isPending && <p className="mt-1 text-muted">Looking for its features</p>}
        {skipped > 0 && (
          <p className="mt-1 text-muted">
            {plural(skipped, "feature")} left out: never active in all that was read, so there is nothing to multiply.
          </p>
        )}
      </div>
      {look.error && (
        <div className="mt-2">
          <ProblemNote problem={problemOf(look.error)} />
        </div>
      )}
    </form>
  );
}
