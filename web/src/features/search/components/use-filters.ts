import { type Filters, formatFilters, parseFilters } from "@/features/search/model/filters";
import { go, parseView, useView } from "@/lib/view-state";

function change(patch: Partial<Filters>): void {
  const now = parseFilters(parseView(location.search).filters);
  go({ filters: formatFilters({ ...now, ...patch }) }, "replace");
}

/** The filters of the search: they stand in the address beside the query, and hold from one query to the next. */
export function useFilters() {
  return { filters: parseFilters(useView().filters), change };
}
