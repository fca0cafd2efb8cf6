import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Conversation } from "@/api/types";
import { json, send } from "@/lib/http";
import { ProblemError, problemOf } from "@/lib/problem";
import { fileName, saveFile } from "@/lib/save-file";

/** Hands a conversation, with every token of its answers, to the browser as a file. */
export function useExport() {
  return useMutation({
    mutationFn: async ({ id, title }: { id: string; title: string }) => {
      const response = await send("GET", `/api/conversations/${encodeURIComponent(id)}/export`);
      saveFile(fileName("conversation", title), await response.text());
    },
  });
}

async function takeIn(file: File): Promise<Conversation> {
  try {
    return await json(send("POST", "/api/conversations/import", await file.text()));
  } catch (error) {
    const problem = problemOf(error);
    throw new ProblemError({ ...problem, what: `${file.name} was not imported: ${problem.what}` });
  }
}

/** Takes exported conversations in, one after the other; the first that is refused ends it. */
export function useImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (files: readonly File[]) => {
      const taken: Conversation[] = [];
      for (const file of files) taken.push(await takeIn(file));
      return taken;
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["conversations"] }),
        client.invalidateQueries({ queryKey: ["journal"] }),
      ]),
  });
}
