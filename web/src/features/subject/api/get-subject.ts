import { useQuery } from "@tanstack/react-query";
import type { Subject } from "@/api/types";
import { json, send } from "@/lib/http";

/**
 * The model being looked at. Asked often while it loads, and now and then afterwards: the answer's absence is how
 * the page notices that the server is gone.
 */
export function useSubject() {
  return useQuery({
    queryKey: ["subject"],
    queryFn: ({ signal }) => json<Subject>(send("GET", "/api/subject", undefined, signal)),
    refetchInterval: (query) => {
      if (query.state.status === "error" || query.state.fetchFailureCount > 0) return 2000;
      return query.state.data?.state === "ready" ? 10_000 : 700;
    },
    refetchIntervalInBackground: false,
    retry: false,
    gcTime: Number.POSITIVE_INFINITY,
  });
}
