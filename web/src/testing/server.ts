import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { makeJoint, makeProblem, makeShift, makeSubject } from "@/testing/builders";

/**
 * Requests a test did not prepare fail it, but for the subject, which is there, its atlas, which is not, and what a list
 * of features, or two answers side by side, ask about by themselves.
 */
export const server = setupServer(
  http.get("*/api/subject", () => HttpResponse.json(makeSubject())),
  http.get("*/api/health", () => HttpResponse.json({ status: "ok", version: "0", queue: 0, ahead: [] })),
  http.get("*/api/atlas", () => HttpResponse.json(makeProblem({ status: 404, code: "not_found" }), { status: 404 })),
  http.post("*/api/runs/:id/firing", () => HttpResponse.json({ features: [] })),
  http.post("*/api/runs/:id/joint", () => HttpResponse.json(makeJoint())),
  http.post("*/api/runs/:id/shift", () => HttpResponse.json(makeShift())),
);

/** A stream of server-sent events, as the server writes them; `hold` keeps it open after the last, `breaks` breaks it off. */
export function sse(events: readonly { type: string }[], hold = false, breaks = false): HttpResponse<ReadableStream> {
  const encoder = new TextEncoder();
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(": a comment keeps the line open\n\n"));
      events.forEach((event, id) => {
        controller.enqueue(encoder.encode(`id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`));
      });
      if (!hold && !breaks) controller.close();
      // Behind the events, which a broken stream would swallow.
      if (breaks) setTimeout(() => controller.error(new TypeError("broken")), 50);
    },
  });
  return new HttpResponse(stream, { headers: { "content-type": "text/event-stream" } });
}
