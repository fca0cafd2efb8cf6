import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Explained } from "@/components/ui/explained";
import { ProblemNote } from "@/components/ui/problem-note";
import { Select } from "@/components/ui/select";
import { getConcept } from "@/features/steering/api/get-concept";
import { FeaturePicks } from "@/features/steering/components/feature-picks";
import { type Change, TAIL } from "@/features/steering/model/draft";
import { count } from "@/lib/format";
import { problemOf } from "@/lib/problem";

const TAILS = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7];
const MOST = 500;

interface Props {
  change: Change;
  /** Whether an atlas knows tail quantiles. */
  strengths: boolean;
  onChange: (change: Change) => void;
  /** The fields for its amount and for where it acts, where they do not stand in its row. */
  amount: ReactNode;
  where: ReactNode;
  /** Keeps its features under a name. */
  save: ReactNode;
  /** Verifies them. */
  verify: ReactNode;
}

/** What a change consists of, and the finer settings of how it acts. */
export function ChangeDetails({ change, strengths, onChange, amount, where, save, verify }: Props) {
  const { features, name } = change;
  const remove = (id: string): void => onChange({ ...change, features: features.filter((one) => one !== id) });
  return (
    <div className="pb-1.5 pl-6">
      <FeaturePicks features={features} onRemove={features.length > 1 ? remove : null} />
      {save}
      {verify}
      <details className="mt-1">
        <summary className="w-fit rounded-sm text-muted">Advanced</summary>
        <div className="mt-1 grid gap-1.5 pb-1">
          {name !== undefined && !change.set && <NumberField change={change} name={name} onChange={onChange} />}
          {amount && (
            <Line
              name="set to"
              meaning="A multiple of each feature’s tail quantile; nothing or 0 suppresses, 0.5 strengthens. Or one raw activation for all."
            >
              <span className="flex flex-wrap gap-1">{amount}</span>
            </Line>
          )}
          {where && (
            <Line name="where" meaning="The prompt is all system and user turns. Token 0 is never touched.">
              {where}
            </Line>
          )}
          {strengths && change.value === null && (
            <Line
              name="tail quantile"
              meaning="The activation that this share of tokens exceeds; strengths are multiples of it. 1 in 100 000 unless chosen otherwise."
            >
              <Select
                label="Tail that the strength refers to"
                value={String(change.quantile ?? TAIL)}
                onChange={(text) => onChange(withQuantile(change, Number(text)))}
                options={TAILS.map((tail) => ({
                  value: String(tail),
                  text: `1 token in ${count(Math.round(1 / tail))}`,
                }))}
              />
            </Line>
          )}
          {change.value === null && (
            <Line
              name="acts"
              meaning="A feature is one sign of a neuron. By default it is changed only where its own sign is active."
            >
              <Select
                label="Sign rule"
                value={change.rule ?? "own"}
                onChange={(rule) => onChange(withRule(change, rule === "any"))}
                options={[
                  { value: "own", text: "where its own sign is active" },
                  { value: "any", text: "whatever its sign is" },
                ]}
              />
            </Line>
          )}
        </div>
      </details>
    </div>
  );
}

function NumberField({ change, name, onChange }: { change: Change; name: string; onChange: Props["onChange"] }) {
  const [typed, setText] = useState<string | null>(null);
  const text = typed ?? String(change.features.length);
  const wanted = /^\d{1,3}$/.test(text.trim()) ? Number(text) : null;
  const right = wanted !== null && wanted >= 1 && wanted <= MOST;
  const look = useMutation({
    mutationFn: (k: number) => getConcept(name, change.strength > 0 ? "strengthen" : "suppress", k),
    onSuccess: (concept, k) => {
      onChange({ ...change, features: concept.features.map((feature) => feature.id) });
      // What was typed in the meantime stays.
      setText((now) => (Number(now) === k ? null : now));
    },
  });
  return (
    <>
      <Line
        name="features"
        meaning={`How many of those nearest to the words, 1 to ${MOST}. Looking again brings back what was removed.`}
      >
        <form
          className="flex items-center gap-1"
          onSubmit={(event) => {
            event.preventDefault();
            if (right) look.mutate(wanted);
          }}
        >
          <input
            value={text}
            inputMode="numeric"
            aria-label={`Number of features for ${name}`}
            aria-invalid={!right}
            onChange={(event) => setText(event.target.value)}
            className="field w-16 text-right"
          />
          <Button type="submit" disabled={!right || look.isPending}>
            Look again
          </Button>
        </form>
      </Line>
      {look.error && <ProblemNote problem={problemOf(look.error)} />}
    </>
  );
}

function Line({ name, meaning, children }: { name: string; meaning: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[7rem_minmax(0,1fr)] items-center gap-2">
      <Explained className="text-muted" meaning={meaning}>
        {name}
      </Explained>
      <span className="min-w-0">{children}</span>
    </div>
  );
}

function withQuantile({ quantile: _, ...change }: Change, tail: number): Change {
  return tail === TAIL ? change : { ...change, quantile: tail };
}

function withRule({ rule: _, ...change }: Change, any: boolean): Change {
  return any ? { ...change, rule: "any" } : change;
}
