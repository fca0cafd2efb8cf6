import type { Problem, Run, Started, Token, Turn } from "@/api/types";

/** An answer on its way, as the page follows it. */
export interface Reply {
  phase: "idle" | "sending" | "queued" | "writing";
  conversation: string | null;
  /** The question just sent, until the server has it. */
  content: string | null;
  /** Requests ahead of this one. */
  position: number | null;
  run: string | null;
  problem: Problem | null;
  /** Tokens per second of the answer finished last. */
  speed: number | null;
}

export const IDLE: Reply = {
  phase: "idle",
  conversation: null,
  content: null,
  position: null,
  run: null,
  problem: null,
  speed: null,
};

/** A run as it stands when the server has read the prompt. */
export function startedRun(
  started: Started,
  conversation: string,
  asked: Pick<Run, "settings" | "interventions">,
  now: string,
): Run {
  const given = started.tokens.slice(started.reply_from);
  return {
    settings: asked.settings,
    interventions: asked.interventions,
    id: started.run_id,
    turn_id: started.turn_id,
    conversation_id: conversation,
    state: "running",
    reply: given.map((token) => token.text).join(""),
    finish: null,
    created_at: now,
    given_from: 0,
    reply_from: started.reply_from,
    n_prompt: started.tokens.length,
    subject: "",
    atlas: null,
    tokens: started.tokens,
  };
}

export function withToken(run: Run, token: Token): Run {
  return { ...run, reply: token.marker ? run.reply : run.reply + token.text, tokens: [...run.tokens, token] };
}

/** Two answers in the order they were given in, as the conversation has them; one it does not know yet is the newest. */
export function inOrder(run: Run, beside: Run, turns: readonly Turn[]): [Run, Run] {
  const known = turns.flatMap((turn) => turn.runs.map(({ id }) => id));
  const place = ({ id }: Run): number => (known.includes(id) ? known.indexOf(id) : known.length);
  return place(run) < place(beside) ? [run, beside] : [beside, run];
}

/** What the answer's run read as the system prompt; empty where there was none but the template's own. */
export function systemIn(run: Pick<Run, "tokens">): string {
  const system = run.tokens.filter((token) => token.role === "system" && !token.marker);
  return system
    .map((token) => token.text)
    .join("")
    .trim();
}

/** Tokens that the answer was given to begin with. */
export function givenIn(run: Pick<Run, "tokens" | "reply_from" | "n_prompt">): Token[] {
  return run.tokens.slice(run.reply_from, run.n_prompt);
}

/** Whether an answer was cut short of its own end, so that it can go on from there. */
export function isCut(run: Run): boolean {
  return run.state !== "running" && run.finish !== "end" && run.tokens.at(-1)?.marker === false;
}

/** How an answer ended, in words; nothing where the model came to its own end. */
export function endInWords(run: Pick<Run, "state" | "finish" | "settings">): string {
  if (run.state === "failed") return "Broken off by an error";
  if (run.state === "stopped" || run.finish === "stopped") return "Stopped";
  if (run.finish === "length") return `Cut at the limit of ${run.settings.max_new_tokens} new tokens`;
  return "";
}
