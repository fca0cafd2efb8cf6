import type { Conversation, Problem, Run, RunSummary } from "@/api/types";
import { useConversation } from "@/features/chat/api/get-conversation";
import { useRun } from "@/features/chat/api/get-run";
import { useUpdateConversation } from "@/features/chat/api/update-conversation";
import type { Reply } from "@/features/chat/model/reply";
import { problemOf } from "@/lib/problem";
import { go, NOTHING, useView } from "@/lib/view-state";

/** What the left column looks at: the view's ids, resolved. */
export interface Looked {
  id: string | null;
  conversation: Conversation | undefined;
  run: Run | undefined;
  beside: Run | undefined;
  /** All answers to the question that `run` answers, oldest first. */
  runs: readonly RunSummary[];
  /** The run answers the conversation's last question. */
  latest: boolean;
  /** The last question has no answer at all. */
  unanswered: boolean;
  pending: string | null;
  /** Tokens of this run are still coming. */
  writing: boolean;
  /** This page waits for an answer in this conversation. */
  busy: boolean;
  /** What the view points to cannot be had, and which of it. */
  problem: Problem | null;
  lost: "conversation" | "run" | "beside" | null;
  /** Rejects where the server does not take it. */
  saveSystem: (system: string) => Promise<void>;
  leave: () => void;
  /** Goes on without the run that cannot be had: to the newest answer, or to the one looked at alone. */
  letGo: () => void;
}

export function useLooked(reply: Reply): Looked {
  const view = useView();
  const conversation = useConversation(view.conversation);
  const turns = conversation.data?.turns ?? [];
  const last = turns.at(-1);
  const lastAnswer = turns.findLast((turn) => turn.runs.length > 0);
  const runId = view.run ?? lastAnswer?.runs.at(-1)?.id ?? null;
  const run = useRun(runId, reply.phase === "writing" && reply.run === runId);
  const beside = useRun(view.beside === runId ? null : view.beside, false);
  const update = useUpdateConversation();
  const here = reply.conversation === view.conversation;
  const turn = turns.find((one) => one.runs.some((other) => other.id === runId));
  const error = conversation.error ?? run.error ?? beside.error;
  return {
    id: view.conversation,
    conversation: conversation.data,
    run: run.data,
    beside: beside.data,
    runs: turn?.runs ?? [],
    latest: turn !== undefined && turn.id === last?.id,
    unanswered: last?.runs.length === 0,
    pending: here ? reply.content : null,
    writing: run.data?.state === "running",
    busy: reply.phase !== "idle" && here,
    problem: error ? problemOf(error) : null,
    lost: conversation.error ? "conversation" : run.error ? "run" : beside.error ? "beside" : null,
    saveSystem: async (system) => {
      const id = view.conversation ?? "";
      await update.mutateAsync({ id, system: system.trim() === "" ? null : system });
    },
    leave: () => go({ ...NOTHING, conversation: null }),
    letGo: () => (run.error ? go(NOTHING) : go({ beside: null }, "replace")),
  };
}
