import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Intervention, Problem, Run, Sampling } from "@/api/types";
import { Button } from "@/components/ui/button";
import { ProblemNote } from "@/components/ui/problem-note";
import { AnswerBar } from "@/features/chat/components/answer-bar";
import { Composer } from "@/features/chat/components/composer";
import { EmptyState } from "@/features/chat/components/empty-state";
import { OriginNote } from "@/features/chat/components/origin-note";
import { SamplingSettings } from "@/features/chat/components/sampling-settings";
import { SpanNote } from "@/features/chat/components/span-note";
import { SystemPrompt } from "@/features/chat/components/system-prompt";
import { Transcript } from "@/features/chat/components/transcript";
import type { Asking } from "@/features/chat/components/use-asking";
import type { Looked } from "@/features/chat/components/use-looked";
import { givenIn, isCut, type Reply } from "@/features/chat/model/reply";
import { plural } from "@/lib/format";
import { sameInterventions } from "@/lib/interventions";
import type { Place } from "@/lib/pointing";
import { useStored } from "@/lib/use-stored";
import { useView } from "@/lib/view-state";

interface Props {
  looked: Looked;
  reply: Reply;
  asking: Asking;
  stop: () => void;
  dismiss: () => void;
  /** Why nothing can be sent now; null where it can. */
  waiting: string | null;
  interventions: readonly Intervention[];
  settings: Sampling;
  onSettings: (settings: Sampling) => void;
  onWhy: (place: Place, contrast: number | null) => void;
  /** Takes over the changes an answer was given under. */
  onTake: (run: Run) => void;
  /** What is said below an answer that was given under changes. */
  steered: (run: Run) => ReactNode;
}

/** The left column: what was said, token by token, and the place to say more. */
export function ChatPanel(props: Props) {
  const { looked, reply, asking, stop, dismiss, waiting, interventions, settings, onSettings, onWhy, onTake } = props;
  const { conversation, run, beside, busy } = looked;
  const view = useView();
  const [system, setSystem] = useState("");
  const [markers, showMarkers] = useFlag("pellucid.markers");
  const [surprise, showSurprise] = useFlag("pellucid.surprise");
  const scroll = useStickyScroll(run?.tokens.length ?? 0, run?.id ?? "", view.token !== null);
  const steered = interventions.length;
  const canTake = run && run.interventions.length > 0 && !sameInterventions(run.interventions, interventions);
  const canAsk = waiting === null && !busy && conversation !== undefined;
  const canRepeat = canAsk && looked.latest;
  const send = (content: string): Promise<void> => asking.send(content, system).then(() => setSystem(""));
  const refused = reply.conversation === looked.id ? reply.problem : null;
  const empty = looked.id === null && !busy;
  const given = run ? givenIn(run).length : 0;
  const seed = asking.nextSeed === null ? "" : `, seed ${asking.nextSeed}`;
  return (
    <section aria-label="Conversation" className="@container flex h-full min-h-0 min-w-0 flex-col">
      <div
        ref={scroll.ref}
        onScroll={scroll.onScroll}
        className="min-h-0 flex-1 overflow-y-auto px-4 pt-5 pb-6 @2xl:px-7"
      >
        {run && (
          <div className="-mt-3 -mr-2 mb-1 flex select-none justify-end text-muted">
            <Button look="bare" aria-pressed={surprise} onClick={() => showSurprise(!surprise)}>
              surprise
            </Button>
            <Button look="bare" aria-pressed={markers} onClick={() => showMarkers(!markers)}>
              template markers
            </Button>
          </div>
        )}
        {view.origin !== null && looked.id !== null && <OriginNote key={view.origin} origin={view.origin} />}
        {empty ? (
          <EmptyState ready={waiting === null} onAsk={(question) => void send(question).catch(() => undefined)} />
        ) : (
          <Transcript
            key={looked.id ?? "new"}
            conversation={conversation}
            run={run}
            beside={beside}
            pending={looked.pending}
            markers={markers}
            surprise={surprise}
            onWhy={onWhy}
            onGoOn={canAsk ? asking.goOn : null}
            edits={{ save: asking.edit, stop, waiting, busy }}
          />
        )}
        <div aria-live="polite" className="mt-3 text-muted">
          {busy ? waitingInWords(reply) : ""}
        </div>
        {run && !busy && (
          <AnswerBar
            run={run}
            runs={looked.runs}
            beside={beside?.id ?? null}
            speed={reply.run === run.id ? reply.speed : null}
            onAgain={canRepeat ? () => asking.again(run) : null}
            againLabel={`Ask again${given ? " from what was given" : ""}${steered ? ` with ${plural(steered, "change")}` : ""}${seed}`}
            onAfresh={canRepeat && given > 0 ? () => asking.afresh(run) : null}
            onReseed={canRepeat && asking.reseed ? () => asking.reseed?.(run) : null}
            onContinue={canAsk && isCut(run) ? () => asking.goOn({ run, pos: run.tokens.length, token: null }) : null}
            onTake={canTake ? () => onTake(run) : null}
          >
            {run.interventions.length > 0 && props.steered(run)}
          </AnswerBar>
        )}
        {looked.unanswered && !busy && waiting === null && (
          <Button className="mt-3" onClick={() => asking.again(null)}>
            Ask again
          </Button>
        )}
        <Problems looked={looked} refused={refused} dismiss={dismiss} />
      </div>
      <SpanNote run={run} span={view.span} />
      <div className="border-rule border-t px-3 pt-2.5 pb-3 @2xl:px-7">
        <Composer waiting={waiting} busy={busy} onSend={send} onStop={stop}>
          <SamplingSettings settings={settings} onChange={onSettings} />
          <SystemPrompt
            key={looked.id ?? "new"}
            value={conversation ? (conversation.system ?? "") : system}
            onSave={conversation ? looked.saveSystem : async (text) => setSystem(text)}
          />
          {steered > 0 && <span className="px-1 font-semibold">with {plural(steered, "change")}</span>}
        </Composer>
      </div>
    </section>
  );
}

/** Something shown or not, as it was left in this browser. */
function useFlag(key: string): [boolean, (on: boolean) => void] {
  const [on, store] = useStored(key, (text) => text === "on");
  return [on, (next) => store(next ? "on" : null)];
}

interface ProblemsProps {
  looked: Looked;
  /** What was asked and not taken. */
  refused: Problem | null;
  dismiss: () => void;
}

/** What was refused, or what the address points to in vain, and the ways on from there. */
function Problems({ looked, refused, dismiss }: ProblemsProps) {
  const problem = refused ?? looked.problem;
  if (!problem || problem.code === "offline") return null;
  const lost = refused && looked.lost === "beside" ? null : looked.lost;
  const after = (way: () => void) => () => {
    dismiss();
    way();
  };
  return (
    <div className="mt-4 max-w-[40rem]">
      <ProblemNote problem={lost === "beside" ? withoutBeside(problem) : problem}>
        {lost === "run" && <Button onClick={after(looked.letGo)}>Show its newest answer</Button>}
        {lost === "beside" && <Button onClick={after(looked.letGo)}>Show this answer alone</Button>}
        {(lost === "run" || lost === "conversation") && (
          <Button onClick={after(looked.leave)}>Begin a new conversation</Button>
        )}
        {lost === null && <Button onClick={dismiss}>Dismiss</Button>}
      </ProblemNote>
    </div>
  );
}

function withoutBeside(problem: Problem): Problem {
  return { ...problem, what: `The answer beside this one cannot be shown: ${problem.what}`, instead: "" };
}

function waitingInWords(reply: Reply): string {
  if (reply.phase === "sending") return "Sending";
  if (reply.phase !== "queued") return "";
  return reply.position ? `The model is busy: ${plural(reply.position, "request")} ahead` : "Reading the conversation";
}

/** Keeps the end in view while an answer is written, unless the reader has scrolled away or looks at a token. */
function useStickyScroll(length: number, run: string, held: boolean) {
  const ref = useRef<HTMLDivElement>(null);
  const sticky = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another answer is read from its end
  useEffect(() => {
    sticky.current = true;
  }, [run]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the growth of the answer that scrolls
  useEffect(() => {
    const element = ref.current;
    if (element && length > 0 && sticky.current && !held) element.scrollTop = element.scrollHeight;
  }, [length, run]);
  const onScroll = (): void => {
    const element = ref.current;
    if (element) sticky.current = element.scrollHeight - element.scrollTop - element.clientHeight < 48;
  };
  return { ref, onScroll };
}
