import { useQuery } from "@tanstack/react-query";
import type { JournalFacts } from "@/api/types";
import { json, send } from "@/lib/http";

/** Where conversations are kept, how many, and how much room they take. */
export function useJournal(enabled: boolean) {
  return useQuery({
    queryKey: ["journal"],
    queryFn: ({ signal }) => json<JournalFacts>(send("GET", "/api/journal", undefined, signal)),
    enabled,
  });
}
