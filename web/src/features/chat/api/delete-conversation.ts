import { useMutation, useQueryClient } from "@tanstack/react-query";
import { send } from "@/lib/http";

export function useDeleteConversation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => send("DELETE", `/api/conversations/${encodeURIComponent(id)}`),
    onSettled: () => client.invalidateQueries({ queryKey: ["conversations"] }),
  });
}
