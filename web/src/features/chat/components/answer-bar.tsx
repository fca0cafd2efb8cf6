import type { ReactNode } from "react";
import type { Run, RunSummary } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Explained } from "@/components/ui/explained";
import { Icon } from "@/components/ui/icon";
import { Select } from "@/components/ui/select";
import { replyOf } from "@/features/chat/model/diff";
import { endInWords, givenIn } from "@/features/chat/model/reply";
import { count, percent, plain, plural } from "@/lib/format";
import { inWords } from "@/lib/interventions";
import { babbles, repeated } from "@/lib/repetition";
import { go } from "@/lib/view-state";

interface Props {
  run: Run;
  /** All answers to the same question, oldest first. */
  runs: readonly RunSummary[];
  beside: string | null;
  speed: number | null;
  /** What asking again does, and how it is called; null while nothing can be asked. */
  onAgain: (() => void) | null;
  againLabel: string;
  /** Asks again without the beginning that the answer was given; null where it was given none, or nothing can be asked. */
  onAfresh: (() => void) | null;
  /** Asks again with nothing else but another seed; null where that cannot be asked, or happens anyway. */
  onReseed: (() => void) | null;
  /** Goes on where the answer was cut; null where it was not, or cannot. */
  onContinue: (() => void) | null;
  /** Takes over this answer's changes, to edit them for the next; null where they are the next one's already. */
  onTake: (() => void) | null;
  /** What else there is to say of an answer given under changes. */
  children?: ReactNode;
}

const GIVEN = "Tokens that the answer was given to begin with; the model wrote what follows them.";
const SPEED =
  "Tokens written, by the seconds from reading the conversation to the last of them; time in line is left out.";
const SEED = "What tokens are drawn by: the same question, seed, settings and changes give the same answer again.";

/** What there is to know about an answer and to do with it, on one line below it. */
export function AnswerBar(props: Props) {
  const { run, runs, beside, speed, onAgain, againLabel, onAfresh, onReseed, onContinue, onTake, children } = props;
  const at = runs.findIndex((one) => one.id === run.id);
  const show = (id: string | undefined): void => {
    if (id) go({ run: id, beside: null, token: null, contrast: null, within: null, feature: null });
  };
  return (
    <div className={`mt-3 grid gap-x-5 ${beside === null ? "@2xl:grid-cols-[3.5rem_minmax(0,1fr)]" : ""}`}>
      {beside === null && <span aria-hidden="true" className="@max-2xl:hidden" />}
      <div className="grid gap-2">
        <Babbling run={run} />
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted">
          {onAgain && (
            <Button onClick={onAgain} className="text-ink">
              <Icon name="again" /> {againLabel}
            </Button>
          )}
          {onAfresh && (
            <Button look="bare" className="-ml-2" title="Without what was given" onClick={onAfresh}>
              from the start
            </Button>
          )}
          {onReseed && (
            <Button look="bare" className="-ml-2" title="Nothing else is changed" onClick={onReseed}>
              with another seed
            </Button>
          )}
          {onContinue && (
            <Button className="text-ink" onClick={onContinue}>
              <Icon name="onwards" /> Continue
            </Button>
          )}
          {runs.length > 1 && (
            <span className="inline-flex min-w-0 flex-wrap items-center whitespace-nowrap">
              <Button
                look="bare"
                aria-label="Answer before this one"
                disabled={at <= 0}
                onClick={() => show(runs[at - 1]?.id)}
              >
                <Icon name="left" />
              </Button>
              answer {at + 1} of {runs.length}
              <Button
                look="bare"
                aria-label="Next answer"
                disabled={at >= runs.length - 1}
                onClick={() => show(runs[at + 1]?.id)}
              >
                <Icon name="right" />
              </Button>
              <Select
                label="Show another answer beside this one"
                className="ml-1 max-w-44"
                value={beside ?? ""}
                onChange={(id) => go({ beside: id || null }, "replace")}
                options={[
                  { value: "", text: "beside: nothing" },
                  ...runs.flatMap((one, i) =>
                    one.id === run.id ? [] : [{ value: one.id, text: `beside: ${labelOf(one, i)}` }],
                  ),
                ]}
              />
            </span>
          )}
          <Facts run={run} speed={speed} />
          {run.interventions.length > 0 && beside === null && <span>{run.interventions.map(inWords).join("; ")}</span>}
          {onTake && (
            <Button look="bare" onClick={onTake}>
              edit its changes
            </Button>
          )}
        </div>
        {children}
      </div>
    </div>
  );
}

/** How long the answer is, how fast it came, how it ended and what it was drawn with. */
function Facts({ run, speed }: Pick<Props, "run" | "speed">) {
  const given = givenIn(run).length;
  const facts = [
    { text: plural(run.tokens.length - run.n_prompt, "token") },
    { text: given === 0 ? "" : `after ${count(given)} given`, meaning: GIVEN },
    { text: speed === null ? "" : `${plain(speed)} tokens/s`, meaning: SPEED },
    { text: endInWords(run) },
    { text: `seed ${run.settings.seed}`, meaning: SEED },
  ].filter(({ text }) => text !== "");
  return (
    <ul aria-label="About this answer" className="flex flex-wrap items-baseline">
      {facts.map(({ text, meaning }, i) => (
        <li key={text} className="whitespace-pre">
          {meaning ? <Explained meaning={meaning}>{text}</Explained> : text}
          {i < facts.length - 1 && " · "}
        </li>
      ))}
    </ul>
  );
}

/** Said plainly, where an answer mostly repeats itself. */
function Babbling({ run }: { run: Run }) {
  const ids = replyOf(run).map((token) => token.id);
  if (!babbles(ids)) return null;
  return (
    <p role="status" className="border-hinder border-l-2 pl-2">
      <span className="font-semibold">The model babbles:</span> {percent(repeated(ids))} of the runs of three tokens in
      this answer had come before.
      {run.interventions.length > 0 && " The changes may be too strong: take a smaller strength or fewer features."}
    </p>
  );
}

function labelOf(run: RunSummary, index: number): string {
  const n = run.interventions.length;
  return `answer ${index + 1}, ${n === 0 ? "nothing changed" : plural(n, "change")}`;
}
