import { useQuery } from "@tanstack/react-query";
import type { ExactExemplar } from "@/api/types";
import { json, send } from "@/lib/http";

/** An exemplar computed anew by the model, once it is wanted. */
export function useExactExemplar(id: string, rank: number, wanted: boolean) {
  return useQuery({
    queryKey: ["exemplar", id, rank],
    queryFn: ({ signal }) =>
      json<ExactExemplar>(send("GET", `/api/features/${encodeURIComponent(id)}/exemplars/${rank}`, undefined, signal)),
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}
