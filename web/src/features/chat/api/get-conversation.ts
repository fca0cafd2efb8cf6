import { useQuery } from "@tanstack/react-query";
import type { Conversation } from "@/api/types";
import { json, send } from "@/lib/http";

export function useConversation(id: string | null) {
  return useQuery({
    queryKey: ["conversation", id],
    queryFn: ({ signal }) =>
      json<Conversation>(send("GET", `/api/conversations/${encodeURIComponent(id ?? "")}`, undefined, signal)),
    enabled: id !== null,
  });
}
