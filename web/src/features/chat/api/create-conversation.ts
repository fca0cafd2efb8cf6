import type { Conversation } from "@/api/types";
import { titleOf } from "@/features/chat/model/titles";
import { json, send } from "@/lib/http";

/** Begins a conversation, named after its first question. */
export function createConversation(question: string, system: string): Promise<Conversation> {
  return json(send("POST", "/api/conversations", { title: titleOf(question), ...(system.trim() ? { system } : {}) }));
}
