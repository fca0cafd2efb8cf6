import { create } from "zustand";
import { type Filters, NO_FILTERS } from "@/features/search/model/filters";

interface Filtering {
  filters: Filters;
  change: (patch: Partial<Filters>) => void;
  clear: () => void;
}

/** The filters of the search: they hold from one query to the next, and not longer than the page. */
export const useFilters = create<Filtering>((set) => ({
  filters: NO_FILTERS,
  change: (patch) => set(({ filters }) => ({ filters: { ...filters, ...patch } })),
  clear: () => set({ filters: NO_FILTERS }),
}));
