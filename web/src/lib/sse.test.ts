import { HttpResponse, http } from "msw";
import { makeProblem } from "@/testing/builders";
import { server, sse } from "@/testing/server";
import { ProblemError } from "./problem";
import { postEvents } from "./sse";

const URL = "http://localhost/api/stream";

async function all(signal = new AbortController().signal): Promise<unknown[]> {
  const events: unknown[] = [];
  for await (const event of postEvents(URL, {}, signal)) events.push(event);
  return events;
}

test("events come in order, comments are passed over", async () => {
  server.use(http.post(URL, () => sse([{ type: "queued" }, { type: "done" }])));
  expect(await all()).toEqual([{ type: "queued" }, { type: "done" }]);
});

test("a refusal is thrown with what, why and what instead", async () => {
  server.use(http.post(URL, () => HttpResponse.json(makeProblem(), { status: 413 })));
  const error = await all().catch((e: unknown) => e);
  expect(error).toBeInstanceOf(ProblemError);
  expect(error).toHaveProperty("problem.instead", "ask a shorter one");
});

test("a server that is gone is told apart from one that refuses", async () => {
  server.use(http.post(URL, () => HttpResponse.error()));
  expect(await all().catch((e: unknown) => e)).toHaveProperty("offline", true);
});

test("ending early closes the request", async () => {
  let closed = false;
  server.use(
    http.post(URL, ({ request }) => {
      request.signal.addEventListener("abort", () => {
        closed = true;
      });
      return sse([{ type: "queued" }], true);
    }),
  );
  for await (const event of postEvents(URL, {}, new AbortController().signal)) {
    expect(event).toEqual({ type: "queued" });
    break;
  }
  await vi.waitFor(() => expect(closed).toBe(true));
});
