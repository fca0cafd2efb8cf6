import { queryOptions, useQueries, useQuery } from "@tanstack/react-query";
import type { Active, ActiveSites } from "@/api/types";
import { siteKey } from "@/features/attribution/model/rows";
import { json, send } from "@/lib/http";
import type { Span } from "@/lib/span";

function activeOptions(run: string, { from, to }: Span) {
  return queryOptions({
    queryKey: ["active", run, from, to],
    queryFn: ({ signal }) =>
      json<ActiveSites>(send("POST", `/api/runs/${encodeURIComponent(run)}/active`, { start: from, end: to }, signal)),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** What stands out by its activation at some positions of a run, the farthest out first. */
export function useActive(run: string, span: Span) {
  return useQuery(activeOptions(run, span));
}

/** One row of the lists for these spans, as far as they are known; it asks for none of them itself. */
export function useActiveSite(run: string, spans: readonly Span[], key: string | null): Active | null {
  const lists = useQueries({ queries: spans.map((span) => ({ ...activeOptions(run, span), enabled: false })) });
  const rows = lists.flatMap(({ data }) => data?.effects ?? []);
  return rows.find((active) => siteKey(active) === key) ?? null;
}
