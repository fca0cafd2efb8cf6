import { HttpResponse, http } from "msw";
import { makeProblem } from "@/testing/builders";
import { server } from "@/testing/server";
import { send } from "./http";
import { ProblemError, problemOf, toProblem } from "./problem";

test.each([
  [{ retry_after_s: 12.5 }, null, 12.5],
  [{ retry_after_s: 12.5 }, "3", 12.5],
  [{}, "3", 3],
  [null, "3", 3],
  [{ retry_after_s: "soon" }, null, null],
  [{}, "Wed, 21 Oct 2026 07:28:00 GMT", null],
  [{}, "", null],
] as const)("of %j with the header %s one waits %s s", (body, header, wanted) => {
  expect(toProblem(body, 503, header).retry_after_s).toBe(wanted);
});

test("a refusal keeps what its header says", async () => {
  server.use(
    http.get("*/api/full", () =>
      HttpResponse.json(makeProblem({ code: "busy", retry_after_s: null }), {
        status: 503,
        headers: { "Retry-After": "7" },
      }),
    ),
  );
  const error = await send("GET", "/api/full").catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ProblemError);
  expect(problemOf(error)).toMatchObject({ status: 503, code: "busy", retry_after_s: 7 });
});
