import type { Concept } from "@/api/types";
import { json, send } from "@/lib/http";

export type Direction = "suppress" | "strengthen";

/** The features that a text stands for, the most similar first. `k` is how many; by the direction where not said. */
export function getConcept(text: string, direction: Direction, k: number | null): Promise<Concept> {
  const query = new URLSearchParams({ text, direction });
  if (k !== null) query.set("k", String(k));
  return json<Concept>(send("GET", `/api/concepts?${query}`));
}
