import { useQuery } from "@tanstack/react-query";
import type { Health } from "@/api/types";
import { json, send } from "@/lib/http";

const EACH_MS = 1500;
const NOBODY: Health = { status: "ok", version: "", queue: 0, ahead: [] };

/**
 * For each question of this page that waits for the model, in order, how many come before it. It is looked at again and
 * again, but not at once: what is answered sooner asks for nothing.
 */
export function useQueue(): readonly number[] {
  return useQuery({
    queryKey: ["health"],
    queryFn: ({ signal }) => json<Health>(send("GET", "/api/health", undefined, signal)),
    select: ({ ahead }) => ahead,
    initialData: NOBODY,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: EACH_MS,
    gcTime: 0,
    retry: false,
  }).data;
}
