import { useQuery } from "@tanstack/react-query";
import type { Neighbours } from "@/api/types";
import { json, send } from "@/lib/http";

/** Features that have exemplars at the same tokens. */
export function useNeighbours(id: string) {
  return useQuery({
    queryKey: ["neighbours", id],
    queryFn: ({ signal }) =>
      json<Neighbours>(send("GET", `/api/features/${encodeURIComponent(id)}/neighbours?top=8`, undefined, signal)),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
