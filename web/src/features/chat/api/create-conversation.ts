import type { Conversation } from "@/api/types";
import { json, send } from "@/lib/http";

const TITLE = 60;

/** Begins a conversation, named after its first question. */
export function createConversation(question: string, system: string): Promise<Conversation> {
  const line = question.trim().split("\n")[0] ?? "";
  const title = line.length > TITLE ? `${line.slice(0, TITLE - 1).trimEnd()}…` : line;
  return json(send("POST", "/api/conversations", { title, ...(system.trim() ? { system } : {}) }));
}
