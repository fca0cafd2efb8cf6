import type { Turn } from "@/api/types";
import { hasText, type Segment } from "@/features/chat/model/segments";

/**
 * Which turn of the conversation each segment of a run is, by the segment's key. Turns come in pairs, so a question
 * after an answer begins the next pair; what the template says by itself is no turn.
 */
export function turnsBySegment(segments: readonly Segment[], turns: readonly Turn[]): Map<string, Turn> {
  const found = new Map<string, Turn>();
  let pair = 0;
  let answered = false;
  for (const segment of segments) {
    if (segment.role === "user" && answered) [pair, answered] = [pair + 1, false];
    if (segment.role === "assistant") answered = true;
    const turn = turns[2 * pair + (segment.role === "assistant" ? 1 : 0)];
    if (turn && turn.role === segment.role && (answered || hasText(segment))) found.set(segment.key, turn);
  }
  return found;
}

/** What was said in a segment, markers left out. */
export function textOf({ cells }: Segment): string {
  return cells.map(({ token, text }) => (token.marker ? "" : text)).join("");
}
