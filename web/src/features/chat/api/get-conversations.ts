import { useQuery } from "@tanstack/react-query";
import type { ConversationSummary } from "@/api/types";
import { json, send } from "@/lib/http";

export function useConversations(enabled: boolean) {
  return useQuery({
    queryKey: ["conversations"],
    queryFn: ({ signal }) => json<ConversationSummary[]>(send("GET", "/api/conversations", undefined, signal)),
    enabled,
  });
}
