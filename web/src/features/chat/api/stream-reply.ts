import type { Intervention, ReplyEvent, Sampling } from "@/api/types";
import { postEvents } from "@/lib/sse";

export interface ReplyRequest {
  /** A new question; null asks the last one again. */
  content: string | null;
  settings: Sampling;
  interventions: Intervention[];
}

export function streamReply(
  conversation: string,
  { content, settings, interventions }: ReplyRequest,
  signal: AbortSignal,
): AsyncGenerator<ReplyEvent> {
  return postEvents<ReplyEvent>(
    `/api/conversations/${encodeURIComponent(conversation)}/replies`,
    { ...(content === null ? {} : { content }), settings, interventions },
    signal,
  );
}
