import { EventSourceParserStream } from "eventsource-parser/stream";
import { send } from "@/lib/http";
import { offlineProblem, ProblemError } from "@/lib/problem";

/**
 * Server-sent events over POST. Ending the iteration early, or aborting the signal, closes the request, and with it
 * the work on the server. A connection lost midway is thrown as `offline`.
 */
export async function* postEvents<T extends { type: string }>(
  path: string,
  body: unknown,
  signal: AbortSignal,
): AsyncGenerator<T> {
  const closing = new AbortController();
  const response = await send("POST", path, body, AbortSignal.any([signal, closing.signal]));
  if (!response.body) throw new ProblemError(offlineProblem());
  const reader = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) return;
      yield parseEvent<T>(value.event, value.data);
    }
  } catch (error) {
    if (signal.aborted || error instanceof ProblemError) throw error;
    throw new ProblemError(offlineProblem());
  } finally {
    closing.abort();
  }
}

/** The parser of events: `type` is the event's name where the data does not repeat it. */
function parseEvent<T>(name: string | undefined, data: string): T {
  return { type: name, ...JSON.parse(data) } as T;
}
