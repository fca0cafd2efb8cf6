import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Fired } from "@/api/types";
import { exampleOf, type Filters, layersInOrder } from "@/features/search/model/filters";
import { json, send } from "@/lib/http";

/** Features by how strongly they fire on a text, which the model reads for it. */
export function useFiring(text: string, filters: Filters, k: number) {
  return useQuery({
    queryKey: ["firing-on", text, filters, k],
    queryFn: ({ signal }) => json<Fired>(send("POST", "/api/features/firing", exampleOf(text, filters, k), signal)),
    enabled: filters.by === "text" && text.trim() !== "" && layersInOrder(filters),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}
