import { useMutation, useQueryClient } from "@tanstack/react-query";
import { send } from "@/lib/http";

/** Renames a conversation or changes its system prompt. */
export function useUpdateConversation(id: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (patch: { title?: string; system?: string | null }) =>
      send("PATCH", `/api/conversations/${encodeURIComponent(id ?? "")}`, patch),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["conversation", id] }),
        client.invalidateQueries({ queryKey: ["conversations"] }),
      ]),
  });
}
