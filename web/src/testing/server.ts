import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { makeProblem, makeSubject } from "@/testing/builders";

/** Requests a test did not prepare fail it, but for the subject, which is there, and its atlas, which is not. */
export const server = setupServer(
  http.get("*/api/subject", () => HttpResponse.json(makeSubject())),
  http.get("*/api/atlas", () => HttpResponse.json(makeProblem({ status: 404, code: "not_found" }), { status: 404 })),
);

/** A stream of server-sent events, as the server writes them; `hold` keeps it open after the last. */
export function sse(events: readonly { type: string }[], hold = false): HttpResponse<ReadableStream> {
  const encoder = new TextEncoder();
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(": a comment keeps the line open\n\n"));
      events.forEach((event, id) => {
        controller.enqueue(encoder.encode(`id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`));
      });
      if (!hold) controller.close();
    },
  });
  return new HttpResponse(stream, { headers: { "content-type": "text/event-stream" } });
}
