import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import type { Conversation, ReplyEvent, Run } from "@/api/types";
import { copyConversation } from "@/features/chat/api/copy-conversation";
import { createConversation } from "@/features/chat/api/create-conversation";
import { deleteConversation } from "@/features/chat/api/delete-conversation";
import { type ReplyRequest, streamReply } from "@/features/chat/api/stream-reply";
import { runIn, startIn } from "@/features/chat/model/copies";
import { IDLE, type Reply, startedRun, withToken } from "@/features/chat/model/reply";
import { offlineProblem, ProblemError, problemOf, toProblem } from "@/lib/problem";
import { go, NOTHING, parseView } from "@/lib/view-state";

/** A conversation as far as it is kept where something in it is asked otherwise. */
export interface Copying {
  original: Conversation;
  /** The copy has the turns before this one. */
  before: string;
  /** Null: the original's. */
  title: string | null;
}

export interface Ask extends ReplyRequest {
  conversation: string | null;
  system: string;
  /** The run to keep in view beside the new one. */
  beside: string | null;
  /** Asked in a copy, so that the conversation stays as it is; `start` and `beside` then still name its own runs. */
  copy: Copying | null;
}

type Update = (patch: Partial<Reply>) => void;

/** Sends a question or asks the last one again, and follows the answer into the cache, one token at a time. */
export function useReply() {
  const client = useQueryClient();
  const [reply, setReply] = useState<Reply>(IDLE);
  const stopper = useRef<AbortController | null>(null);

  /** Resolves once the answer begins; throws where it never does, so that the text can be given back. */
  const ask = useCallback(
    (request: Ask): Promise<void> => {
      stopper.current?.abort();
      const stop = new AbortController();
      stopper.current = stop;
      const update: Update = (patch) => {
        if (stopper.current === stop) setReply((now) => ({ ...now, ...patch }));
      };
      const content = request.copy ? null : request.content;
      setReply({ ...IDLE, phase: "sending", conversation: request.conversation, content });
      return new Promise((begun, refused) => {
        pursue(client, request, stop.signal, update, begun).catch(refused);
      });
    },
    [client],
  );

  const stop = useCallback(() => stopper.current?.abort(), []);
  const dismiss = useCallback(() => setReply((now) => ({ ...now, problem: null })), []);
  return { reply, ask, stop, dismiss };
}

/** The whole course of an answer; `begun` when it begins. Throws where it never does. */
async function pursue(
  client: QueryClient,
  request: Ask,
  signal: AbortSignal,
  update: Update,
  begun: () => void,
): Promise<void> {
  let run: string | null = null;
  let copy: Conversation | null = null;
  try {
    if (request.copy) copy = await copied(request.copy, signal);
    const asked = copy && request.copy ? inCopy(request, request.copy.original, copy) : request;
    const conversation = asked.conversation ?? (await begin(client, asked, update)).id;
    for await (const event of streamReply(conversation, asked, signal)) {
      if (event.type === "started") {
        run = event.run_id;
        show(client, run, conversation, asked, copy);
        begun();
      }
      follow(client, conversation, run, event, asked, update);
    }
    if (!run) throw new ProblemError(offlineProblem());
    update({ phase: "idle" });
  } catch (error) {
    const stopped = signal.aborted;
    if (run) finish(client, run, { state: stopped ? "stopped" : "running" });
    // Nothing was asked in the copy, so nobody knows of it.
    else if (copy) await deleteConversation(copy.id).catch(() => undefined);
    update({ phase: "idle", content: null, problem: stopped ? null : problemOf(error) });
    if (!run) throw error;
  } finally {
    settle(client, run);
  }
}

/** A new conversation for the question, turned to unless another has been opened meanwhile. */
async function begin(client: QueryClient, { content, system }: Ask, update: Update): Promise<Conversation> {
  const conversation = await createConversation(content ?? "", system);
  client.setQueryData(["conversation", conversation.id], conversation);
  update({ conversation: conversation.id });
  if (lookedAt() === null) go({ ...NOTHING, conversation: conversation.id });
  return conversation;
}

/** The conversation in view now, whichever it was when the question was asked. */
function lookedAt(): string | null {
  return parseView(location.search).conversation;
}

function copied({ original, before, title }: Copying, signal: AbortSignal): Promise<Conversation> {
  return copyConversation(original.id, before, title, signal);
}

/** The same question, to the copy. */
function inCopy(request: Ask, original: Conversation, copy: Conversation): Ask {
  return {
    ...request,
    conversation: copy.id,
    start: request.start && startIn(request.start, original, copy),
    beside: request.beside && runIn(request.beside, original, copy),
  };
}

/**
 * Turns to the answer that begins: in its conversation, or to the copy it was asked in. Where another conversation has
 * been opened meanwhile, that stays in view.
 */
function show(
  client: QueryClient,
  run: string,
  conversation: string,
  { beside, copy: copying }: Ask,
  copy: Conversation | null,
): void {
  if (copy && copying) {
    client.setQueryData(["conversation", copy.id], copy);
    if (lookedAt() === copying.original.id)
      go({ ...NOTHING, conversation: copy.id, origin: copying.original.id, run, beside, pane: "chat" });
  } else if (lookedAt() === conversation)
    go({ run, beside, token: null, contrast: null, within: null, feature: null, pane: "chat" }, "replace");
}

function follow(
  client: QueryClient,
  conversation: string,
  run: string | null,
  event: ReplyEvent,
  asked: ReplyRequest,
  update: Update,
): void {
  switch (event.type) {
    case "queued":
      update({ phase: "queued", position: event.position });
      return;
    case "started":
      client.setQueryData(["run", event.run_id], startedRun(event, conversation, asked, new Date().toISOString()));
      client.invalidateQueries({ queryKey: ["conversation", conversation] });
      update({ phase: "writing", conversation, run: event.run_id, content: null, position: null });
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
