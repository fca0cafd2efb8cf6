import type { Intervention, ReplyEvent, Sampling, Start } from "@/api/types";
import { postEvents } from "@/lib/sse";

export interface ReplyRequest {
  /** A new question; null answers the last one again. */
  content: string | null;
  /** What the answer begins with; null where the model begins it. */
  start: Start | null;
  settings: Sampling;
  interventions: Intervention[];
}

export function streamReply(
  conversation: string,
  { content, start, settings, interventions }: ReplyRequest,
  signal: AbortSignal,
): AsyncGenerator<ReplyEvent> {
  return postEvents<ReplyEvent>(
    `/api/conversations/${encodeURIComponent(conversation)}/replies`,
    { ...(content === null ? {} : { content }), ...(start === null ? {} : { start }), settings, interventions },
    signal,
  );
}
