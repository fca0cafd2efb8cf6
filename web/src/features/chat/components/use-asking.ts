import type { Intervention, Run, RunSummary, Sampling, Start, Turn } from "@/api/types";
import type { Ask } from "@/features/chat/api/use-reply";
import type { Looked } from "@/features/chat/components/use-looked";
import { givenIn, systemIn } from "@/features/chat/model/reply";
import { againSettings, otherSeed } from "@/features/chat/model/settings";
import { titleOf } from "@/features/chat/model/titles";

/** Where an answer is to go on: what it has before `pos` stays, then comes `token`, or whatever the model takes. */
export interface From {
  run: Run;
  pos: number;
  token: number | null;
}

interface Given {
  looked: Looked;
  ask: (request: Ask) => Promise<void>;
  settings: Sampling;
  onSettings: (settings: Sampling) => void;
  interventions: Intervention[];
}

export type Asking = ReturnType<typeof useAsking>;

/** All ways of asking in the conversation looked at, under the present changes and settings. */
export function useAsking({ looked, ask, settings, onSettings, interventions }: Given) {
  const { id, conversation, runs } = looked;
  const turns = conversation?.turns ?? [];
  const plain: Ask = {
    conversation: id,
    system: "",
    content: null,
    start: null,
    settings,
    interventions,
    beside: null,
    copy: null,
  };

  /** Asks the last question again, with the beginning that the answer looked at was given, or with none. */
  const repeat = (looking: Run | null, next: Sampling, afresh = false): void => {
    if (id === null) return;
    if (next.seed !== settings.seed) onSettings(next);
    const run = looking?.turn_id === turns.at(-1)?.id ? looking : null;
    const start = run && !afresh && givenIn(run).length > 0 ? beginningOf(run) : null;
    ask({ ...plain, start, settings: next, beside: run && besideOf(run, looked.beside) }).catch(() => undefined);
  };
  const next = againSettings(settings, runs.filter(alike(looked)), interventions);

  return {
    send: (content: string, system: string): Promise<void> => ask({ ...plain, content, system }),

    again: (run: Run | null): void => repeat(run, next),

    /** The same, though the answer looked at was given its beginning. */
    afresh: (run: Run): void => repeat(run, next, true),

    /** The seed of the next answer to the same question, where it moves on by itself. */
    nextSeed: next.seed === settings.seed ? null : next.seed,

    /** The same with another seed; null where that is what happens anyway, or where nothing is drawn. */
    reseed:
      next.seed !== settings.seed || settings.temperature === 0
        ? null
        : (run: Run): void => repeat(run, otherSeed(settings, runs)),

    /**
     * Asks with another text in the place of a turn. The last answer has its new beginning as one more answer beside it;
     * anything earlier is asked in a copy of the conversation up to there.
     */
    edit: (turn: Turn, text: string): Promise<void> => {
      const content = turn.role === "user" ? text : null;
      const start = turn.role === "user" ? null : { text };
      if (!conversation) return Promise.resolve();
      if (isLast(turn, turns)) {
        const run = looked.run?.turn_id === turn.id ? looked.run : null;
        return ask({ ...plain, start, beside: run && besideOf(run, looked.beside) });
      }
      const title = turns[0]?.id === turn.id ? titleOf(text) : null;
      return ask({ ...plain, content, start, copy: { original: conversation, before: turn.id, title } });
    },

    /** Goes on from a place in an answer. Where others follow it, in a copy of the conversation up to there. */
    goOn: ({ run, pos, token }: From): void => {
      const at = turns.findIndex((turn) => turn.id === run.turn_id);
      if (!conversation || at < 0) return;
      const after = turns[at + 1];
      const copy = after ? { original: conversation, before: after.id, title: null } : null;
      const beside = pos < run.tokens.length ? run.id : null;
      const start = { run_id: run.id, pos, token_id: token };
      ask({ ...plain, start, beside, copy }).catch(() => undefined);
    },
  };
}

function isLast(turn: Turn, turns: readonly Turn[]): boolean {
  return turn.role === "assistant" && turns.at(-1)?.id === turn.id;
}

/**
 * Leaves out the answers seen to have been given under another system prompt than the next one will be: what an answer
 * was given to begin with, asked for again, brings its own along.
 */
function alike({ conversation, run, beside }: Looked): (answer: RunSummary) => boolean {
  const system = run && givenIn(run).length > 0 ? systemIn(run) : (conversation?.system ?? "").trim();
  const other = [run, beside].flatMap((one) => (one && systemIn(one) !== system ? [one.id] : []));
  return ({ id }) => !other.includes(id);
}

/** All that the answer was given, token by token. */
function beginningOf(run: Run): Start {
  return { run_id: run.id, pos: run.n_prompt, token_id: null };
}

/** What a new answer is compared with: the unchanged one in view, where there is one. */
function besideOf(run: Run, beside: Run | undefined): string {
  return run.interventions.length > 0 && beside?.interventions.length === 0 ? beside.id : run.id;
}
