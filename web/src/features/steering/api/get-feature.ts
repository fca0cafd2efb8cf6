import { useQuery } from "@tanstack/react-query";
import type { Card } from "@/api/types";
import { json, send } from "@/lib/http";

/** What a feature is about, with its first exemplar. It never changes, so it is asked for once. */
export function useFeature(id: string) {
  return useQuery({
    queryKey: ["card", id, 1],
    queryFn: ({ signal }) =>
      json<Card>(send("GET", `/api/features/${encodeURIComponent(id)}?exemplars=1`, undefined, signal)),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
