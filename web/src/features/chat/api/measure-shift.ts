import { useQuery } from "@tanstack/react-query";
import type { Shift } from "@/api/types";
import { json, send } from "@/lib/http";

/** How far the distribution of an answer's first token is from that of another's. It never changes. */
export function useShift(after: string, before: string, wanted: boolean) {
  return useQuery({
    queryKey: ["shift", after, before],
    queryFn: ({ signal }) =>
      json<Shift>(send("POST", `/api/runs/${encodeURIComponent(after)}/shift`, { other: before }, signal)),
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}
