import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, getConfig, renderHook } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import type { ReactNode } from "react";
import { makeProblem, makeRun } from "@/testing/builders";
import { server } from "@/testing/server";
import { useRun } from "./get-run";

afterEach(() => vi.useRealTimers());

test("a run is looked at until it is finished, and no more once it is gone", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  let asked = 0;
  server.use(
    http.get("*/api/runs/r1", () => {
      asked++;
      if (asked <= 2) return HttpResponse.json(makeRun({ state: "running", finish: null }));
      return HttpResponse.json(makeProblem({ status: 404, code: "not_found" }), { status: 404 });
    }),
  );
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const { result } = renderHook(() => useRun("r1", false), {
    wrapper: ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    ),
  });
  // Testing Library's own waiting would stand still with the clock.
  await getConfig().asyncWrapper(() => vi.waitFor(() => expect(result.current.isError).toBe(true), { timeout: 5000 }));
  expect(asked).toBe(3);
  await act(async () => {
    vi.advanceTimersByTime(60_000);
    await new Promise((rest) => setTimeout(rest, 50));
  });
  expect(asked).toBe(3);
});
