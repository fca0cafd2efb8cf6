import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import type { ReplyEvent, Run } from "@/api/types";
import { createConversation } from "@/features/chat/api/create-conversation";
import { type ReplyRequest, streamReply } from "@/features/chat/api/stream-reply";
import { IDLE, type Reply, startedRun, withToken } from "@/features/chat/model/reply";
import { ProblemError, problemOf, toProblem } from "@/lib/problem";
import { go } from "@/lib/view-state";

export interface Ask extends ReplyRequest {
  conversation: string | null;
  system: string;
  /** The run to keep in view beside the new one. */
  beside: string | null;
}

/** Sends a question or asks the last one again, and follows the answer into the cache, one token at a time. */
export function useReply() {
  const client = useQueryClient();
  const [reply, setReply] = useState<Reply>(IDLE);
  const stopper = useRef<AbortController | null>(null);

  /** Resolves once the server has the question; throws where it never got it, so that the text can be given back. */
  const ask = useCallback(
    async (request: Ask): Promise<void> => {
      stopper.current?.abort();
      const stop = new AbortController();
      stopper.current = stop;
      const update = (patch: Partial<Reply>): void => {
        if (stopper.current === stop) setReply((now) => ({ ...now, ...patch }));
      };
      setReply({ ...IDLE, phase: "sending", conversation: request.conversation, content: request.content });
      let run: string | null = null;
      try {
        const conversation = request.conversation ?? (await begin(client, request)).id;
        update({ conversation });
        for await (const event of streamReply(conversation, request, stop.signal)) {
          if (event.type === "started") {
            run = event.run_id;
            go({ run, beside: request.beside, token: null, contrast: null, feature: null, pane: "chat" }, "replace");
          }
          follow(client, conversation, run, event, request, update);
        }
        update({ phase: "idle" });
      } catch (error) {
        const stopped = stop.signal.aborted;
        if (run) finish(client, run, { state: stopped ? "stopped" : "running" });
        update({ phase: "idle", content: null, problem: stopped ? null : problemOf(error) });
        if (!run) throw error;
      } finally {
        settle(client, run);
      }
    },
    [client],
  );

  const stop = useCallback(() => stopper.current?.abort(), []);
  const dismiss = useCallback(() => setReply((now) => ({ ...now, problem: null })), []);
  return { reply, ask, stop, dismiss };
}

async function begin(client: QueryClient, { content, system }: Ask) {
  const conversation = await createConversation(content ?? "", system);
  client.setQueryData(["conversation", conversation.id], conversation);
  go({ conversation: conversation.id, run: null, beside: null, token: null, contrast: null, feature: null });
  return conversation;
}

function follow(
  client: QueryClient,
  conversation: string,
  run: string | null,
  event: ReplyEvent,
  asked: ReplyRequest,
  update: (patch: Partial<Reply>) => void,
): void {
  switch (event.type) {
    case "queued":
      update({ phase: "queued", position: event.position });
      return;
    case "started":
      client.setQueryData(["run", event.run_id], startedRun(event, conversation, asked, new Date().toISOString()));
      client.invalidateQueries({ queryKey: ["conversation", conversation] });
      update({ phase: "writing", run: event.run_id, content: null, position: null });
      return;
    case "token":
      client.setQueryData<Run>(["run", run], (now) => now && withToken(now, event.token));
      return;
    case "done":
      if (run) finish(client, run, { state: event.finish === "stopped" ? "stopped" : "done", finish: event.finish });
      update({ speed: event.seconds > 0 ? event.n_tokens / event.seconds : null });
      return;
    case "error":
      throw new ProblemError(toProblem(event.problem, 500));
  }
}

function finish(client: QueryClient, run: string, patch: Partial<Run>): void {
  client.setQueryData<Run>(["run", run], (now) => now && { ...now, ...patch });
}

/** What the journal holds is the truth: look again once the answer is over, however it ended. */
function settle(client: QueryClient, run: string | null): void {
  client.invalidateQueries({ queryKey: ["subject"] });
  client.invalidateQueries({ queryKey: ["conversation"] });
  client.invalidateQueries({ queryKey: ["conversations"] });
  if (run && client.getQueryData<Run>(["run", run])?.state !== "done")
    client.invalidateQueries({ queryKey: ["run", run] });
}
