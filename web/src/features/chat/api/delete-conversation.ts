import { useMutation, useQueryClient } from "@tanstack/react-query";
import { send } from "@/lib/http";

export function deleteConversation(id: string): Promise<Response> {
  return send("DELETE", `/api/conversations/${encodeURIComponent(id)}`);
}

/** Forgets one conversation, or with null all of them. */
export function useDelete() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string | null) => (id === null ? send("DELETE", "/api/conversations") : deleteConversation(id)),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["conversations"] }),
        client.invalidateQueries({ queryKey: ["journal"] }),
      ]),
  });
}
