import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Card } from "@/api/types";
import { json, send } from "@/lib/http";

/** Exemplars shown at first: those whose activations are stored. */
export const FIRST = 5;

function cardOptions(id: string, exemplars: number) {
  return {
    queryKey: ["card", id, exemplars],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      json<Card>(send("GET", `/api/features/${encodeURIComponent(id)}?exemplars=${exemplars}`, undefined, signal)),
    staleTime: Number.POSITIVE_INFINITY,
  };
}

/** What the atlas says about a feature. It never changes, so it is asked for once. */
export function useCard(id: string) {
  return useQuery(cardOptions(id, FIRST));
}

/** The same with all its exemplars, once they are wanted. */
export function useWholeCard(id: string, wanted: boolean, exemplars: number) {
  return useQuery({ ...cardOptions(id, exemplars), enabled: wanted, placeholderData: keepPreviousData });
}
