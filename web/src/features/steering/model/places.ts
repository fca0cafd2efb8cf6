import { whereOf } from "@/lib/interventions";

interface Offered {
  value: string;
  text: string;
}

const WORDS: readonly Offered[] = ["prompt", "all", "generated"].map((value) => ({ value, text: whereOf(value) }));

/** Where a change can act: everything in words, the tokens chosen in the conversation, and where it acts now. */
export function placesFor(chosen: string | null, now: string): Offered[] {
  const places = [...WORDS];
  if (chosen !== null) places.push({ value: chosen, text: `at the chosen tokens, ${chosen}` });
  if (!places.some((place) => place.value === now)) places.push({ value: now, text: whereOf(now) });
  return places;
}
