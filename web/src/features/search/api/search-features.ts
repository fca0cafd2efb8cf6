import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { SearchResult } from "@/api/types";
import { type Filters, layersInOrder, searchPath } from "@/features/search/model/filters";
import { json, send } from "@/lib/http";

/** Features by meaning, or like others. A question that is typed over is withdrawn; what it showed stays until there is something new. */
export function useSearch(text: string, filters: Filters, k: number) {
  return useQuery({
    queryKey: ["search", text, filters, k],
    queryFn: ({ signal }) => json<SearchResult>(send("GET", searchPath(text, filters, k), undefined, signal)),
    enabled: filters.by !== "text" && text.trim() !== "" && layersInOrder(filters),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}
