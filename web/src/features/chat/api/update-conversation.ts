import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Conversation } from "@/api/types";
import { json, send } from "@/lib/http";

/** Renames a conversation or changes its system prompt. */
export function useUpdateConversation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...patch }: { id: string; title?: string; system?: string | null }) =>
      json<Conversation>(send("PATCH", `/api/conversations/${encodeURIComponent(id)}`, patch)),
    onSuccess: (changed) => client.setQueryData(["conversation", changed.id], changed),
    onSettled: () => client.invalidateQueries({ queryKey: ["conversations"] }),
  });
}
