import type { Conversation, Start } from "@/api/types";

/** A run's counterpart in a copy of its conversation, which has the same answers in the same order; null where it has none. */
export function runIn(id: string, original: Conversation, copy: Conversation): string | null {
  const place = idsOf(original).indexOf(id);
  return (place < 0 ? undefined : idsOf(copy)[place]) ?? null;
}

/** The same beginning of an answer, of the copy's own runs. */
export function startIn(start: Start, original: Conversation, copy: Conversation): Start {
  if (!("run_id" in start)) return start;
  return { ...start, run_id: runIn(start.run_id, original, copy) ?? start.run_id };
}

function idsOf({ turns }: Conversation): string[] {
  return turns.flatMap((turn) => turn.runs.map((run) => run.id));
}
