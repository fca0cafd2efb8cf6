import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Conversation } from "@/api/types";
import { copyTitle } from "@/features/chat/model/titles";
import { json, send } from "@/lib/http";

/** A conversation with all turns before one of them, or with all; under its own title unless another is given. */
export function copyConversation(
  id: string,
  before: string | null,
  title: string | null,
  signal?: AbortSignal,
): Promise<Conversation> {
  return json(send("POST", `/api/conversations/${encodeURIComponent(id)}/copies`, { before, title }, signal));
}

/** A second conversation like the first. */
export function useDuplicate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, title }: { id: string; title: string }) => copyConversation(id, null, copyTitle(title)),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["conversations"] }),
        client.invalidateQueries({ queryKey: ["journal"] }),
      ]),
  });
}
