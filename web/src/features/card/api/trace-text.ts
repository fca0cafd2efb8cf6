import { useQuery } from "@tanstack/react-query";
import type { Traced } from "@/api/types";
import { json, send } from "@/lib/http";

/** A text of one's own, and how it is read. */
export interface Text {
  text: string;
  asMessage: boolean;
}

/** A feature along a text; nothing is asked until there is one. Leaving the card withdraws the question. */
export function useTraced(id: string, asked: Text | null) {
  return useQuery({
    queryKey: ["traced", id, asked?.text, asked?.asMessage],
    queryFn: ({ signal }) =>
      json<Traced>(
        send(
          "POST",
          `/api/features/${encodeURIComponent(id)}/activations`,
          { text: asked?.text, as_message: asked?.asMessage },
          signal,
        ),
      ),
    enabled: asked !== null,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}
