import { useQuery } from "@tanstack/react-query";
import type { FeatureSet } from "@/api/types";
import { json, send } from "@/lib/http";

export function getSets(signal?: AbortSignal): Promise<FeatureSet[]> {
  return json(send("GET", "/api/sets", undefined, signal));
}

/** Every set of features, by name. */
export function useSets(enabled: boolean) {
  return useQuery({ queryKey: ["sets"], queryFn: ({ signal }) => getSets(signal), enabled });
}
