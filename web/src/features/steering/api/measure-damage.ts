import { useQuery } from "@tanstack/react-query";
import type { Damage } from "@/api/types";
import { json, send } from "@/lib/http";

/** What a run's changes do to text that has nothing to do with them. Asked once, when it is wanted. */
export function useDamage(run: string, wanted: boolean) {
  return useQuery({
    queryKey: ["damage", run],
    queryFn: ({ signal }) => json<Damage>(send("POST", `/api/runs/${encodeURIComponent(run)}/damage`, {}, signal)),
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}
