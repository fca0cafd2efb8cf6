import type { ReactNode } from "react";
import type { FeatureSet, Run, Subject } from "@/api/types";
import { CardPane } from "@/app/card-pane";
import { SearchPane } from "@/app/search-pane";
import type { useSteering } from "@/app/use-steering";
import { VerifyFeatures } from "@/features/attribution/components/verify-features";
import { WhyPanel } from "@/features/attribution/components/why-panel";
import type { Looked } from "@/features/chat/components/use-looked";
import { SaveSet } from "@/features/sets/components/save-set";
import { SetList } from "@/features/sets/components/set-list";
import { ClampForm } from "@/features/steering/components/clamp-form";
import { SteeringPanel } from "@/features/steering/components/steering-panel";
import { type Change, strengthening, suppressing } from "@/features/steering/model/draft";
import { positionsFor } from "@/features/steering/model/positions";
import { suppressedIn } from "@/lib/interventions";
import { parseSpan, type Span } from "@/lib/span";
import { useStrengths } from "@/lib/use-strengths";
import { useView } from "@/lib/view-state";

type Steering = ReturnType<typeof useSteering>;
type MaybeSubject = Subject | undefined;

/** Why the chosen token came; until one is chosen, how to choose one. The search stands over it, and a feature's card over both. */
export function WhyPane({ looked, steering, subject }: { looked: Looked; steering: Steering; subject: MaybeSubject }) {
  return (
    <CardPane run={looked.writing ? undefined : looked.run} steering={steering}>
      <SearchPane layers={subject?.n_layers ?? null} steering={steering}>
        <Why looked={looked} steering={steering} />
      </SearchPane>
    </CardPane>
  );
}

function Why({ looked, steering }: { looked: Looked; steering: Steering }) {
  const { token: pos, contrast, feature, span } = useView();
  const strengths = useStrengths();
  const run = looked.run;
  if (pos === null || !run) return <WhyEmpty asked={run !== undefined} />;
  const token = run.tokens[pos];
  if (looked.writing) return <Word>The answer is still being written. The explanation comes after it.</Word>;
  if (!token) return <Word>This conversation has no token {pos}. The link may belong to another answer.</Word>;
  const at = (sites: readonly number[]): string => steering.chosen ?? positionsFor(run, sites);
  return (
    <WhyPanel
      key={`${run.id} ${pos} ${contrast}`}
      run={run}
      token={token}
      contrast={contrast}
      feature={feature}
      span={spanIn(run, span)}
      onSuppress={(features, sites) => steering.add(suppressing(features, at(sites)))}
      onStrengthen={strengths ? (features, sites) => steering.add(strengthening(features, at(sites))) : null}
      save={(features) => <SaveSet key={features.join()} features={features} />}
      clamp={(site) => (
        <ClampForm
          key={site.id}
          feature={site.id}
          activation={site.activation}
          strengths={strengths}
          start={positionsFor(run, [site.pos])}
          chosen={steering.chosen}
          current={steering.of([site.id])}
          onAdd={steering.add}
          onRemove={steering.remove}
        />
      )}
    />
  );
}

/** The range selected in the text; null where this run does not reach it. */
function spanIn(run: Run, text: string | null): Span | null {
  const span = parseSpan(text);
  return span && span.to <= run.tokens.length ? span : null;
}

interface SteerProps {
  looked: Pick<Looked, "run" | "writing">;
  steering: Steering;
  subject: MaybeSubject;
  /** Null while nothing can be asked. */
  onAgain: (() => void) | null;
}

/** What is changed in the model for the next answer. */
export function SteerPane(props: SteerProps) {
  const { looked, steering, subject, onAgain } = props;
  const strengths = useStrengths();
  const use = ({ name, features }: FeatureSet, strength: boolean): void => {
    const made = (strength ? strengthening : suppressing)([...features], steering.chosen ?? "prompt");
    steering.add({ ...made, name, set: true });
  };
  const units = subject?.n_layers && subject.d_mlp ? subject.n_layers * subject.d_mlp : null;
  return (
    <SteeringPanel
      changes={steering.changes}
      strengths={strengths}
      units={units}
      chosen={steering.chosen}
      unread={steering.unread}
      onEdit={steering.edit}
      undo={steering.undo}
      redo={steering.redo}
      save={({ features, name }) => <SaveSet key={features.join()} features={features} name={name ?? ""} />}
      verify={({ features }) => <Verify looked={looked} features={features} />}
      sets={<SetList strengths={strengths} onUse={use} />}
      onAgain={onAgain}
    />
  );
}

/** Verifies features for the token looked at. */
function Verify({ looked, features }: { looked: SteerProps["looked"]; features: Change["features"] }) {
  const { token: pos, contrast } = useView();
  const run = looked.writing ? undefined : looked.run;
  const token = pos === null ? undefined : run?.tokens[pos];
  const question = run && token && token.logprob !== null ? { run: run.id, pos: token.pos, contrast } : null;
  return (
    <VerifyFeatures
      key={[run?.id, pos, contrast, ...features].join()}
      question={question}
      token={token?.text ?? ""}
      features={features}
      suppressed={run ? suppressedIn(run, features).length : 0}
    />
  );
}

function Word({ children }: { children: ReactNode }) {
  return <p className="px-4 py-4 text-muted">{children}</p>;
}

function WhyEmpty({ asked }: { asked: boolean }) {
  return (
    <section aria-labelledby="why-empty" className="max-w-[34rem] px-4 pt-4 pb-6">
      <h2 id="why-empty" className="font-read text-read font-semibold">
        Why
      </h2>
      <p className="mt-1 text-muted">
        {asked
          ? "Click a token, or press Enter on it: here stands what promoted it and what held it back."
          : "Once there is an answer, click one of its tokens: here stands what promoted it and what held it back."}
      </p>
      <ul className="mt-5 grid gap-3">
        <Sample
          className="border-[1.5px] border-promote"
          name="A hollow bar is an estimate."
          more="It comes at once, for every feature."
        />
        <Sample
          className="border-[1.5px] border-promote bg-promote"
          name="A filled bar was measured."
          more="The feature was set to 0 and the model run again."
        />
        <Sample
          className="border-[1.5px] border-hinder bg-hinder"
          name="Left of the line held the token back."
          more="Right of it promoted it. Both in nats."
          left
        />
      </ul>
    </section>
  );
}

function Sample({
  className,
  name,
  more,
  left = false,
}: {
  className: string;
  name: string;
  more: string;
  left?: boolean;
}) {
  return (
    <li className="grid grid-cols-[5rem_1fr] items-center gap-3">
      <span aria-hidden="true" className="relative h-5">
        <span className="absolute inset-y-0 left-1/2 w-px bg-edge" />
        <span className={`absolute inset-y-1 w-[2.2rem] ${left ? "right-1/2" : "left-1/2"} ${className}`} />
      </span>
      <span>
        {name} <span className="text-muted">{more}</span>
      </span>
    </li>
  );
}
