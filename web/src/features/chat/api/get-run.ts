import { useQuery } from "@tanstack/react-query";
import type { Run } from "@/api/types";
import { json, send } from "@/lib/http";

/**
 * One answer with all its tokens. A run written by this page is filled in as its stream comes (`live`); one that is
 * being written elsewhere, or whose stream was lost, is looked at again until it is finished.
 */
export function useRun(id: string | null, live: boolean) {
  return useQuery({
    queryKey: ["run", id],
    queryFn: ({ signal }) => json<Run>(send("GET", `/api/runs/${encodeURIComponent(id ?? "")}`, undefined, signal)),
    enabled: id !== null && !live,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: (query) => (query.state.data?.state === "running" && !live ? 1200 : false),
  });
}
