import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ConversationSummary } from "@/api/types";
import { json, send } from "@/lib/http";

/** Conversations with a text in their title, questions or answers; all of them where it is empty. */
export function useConversations(text: string, enabled: boolean) {
  const q = text.trim();
  const query = q === "" ? "" : `?${new URLSearchParams({ q })}`;
  return useQuery({
    queryKey: ["conversations", q],
    queryFn: ({ signal }) => json<ConversationSummary[]>(send("GET", `/api/conversations${query}`, undefined, signal)),
    enabled,
    placeholderData: keepPreviousData,
  });
}
