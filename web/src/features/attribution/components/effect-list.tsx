import type { ReactNode } from "react";
import type { Effect, Run } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Explained } from "@/components/ui/explained";
import { Select } from "@/components/ui/select";
import { useFiring } from "@/features/attribution/api/firing";
import type { Why, WhyQuestion } from "@/features/attribution/api/stream-why";
import { BarEnds } from "@/features/attribution/components/bar-ends";
import { EffectRow } from "@/features/attribution/components/effect-row";
import { JointLine } from "@/features/attribution/components/joint-line";
import { SiteFacts } from "@/features/attribution/components/site-facts";
import { ListHead, SiteList } from "@/features/attribution/components/site-list";
import { SiteMapView } from "@/features/attribution/components/site-map";
import { SumRows } from "@/features/attribution/components/sum-rows";
import { useRowPointing } from "@/features/attribution/components/use-row-pointing";
import { heldInWords, isIn, parsePart } from "@/features/attribution/model/part";
import { onSide, type Side, scaleOf } from "@/features/attribution/model/rows";
import { placeKey } from "@/lib/pointing";
import { go, useView } from "@/lib/view-state";

const SIDES: readonly { side: Side; name: string }[] = [
  { side: "all", name: "all" },
  { side: "promoted", name: "promoted" },
  { side: "hindered", name: "held back" },
];

const BY = [
  { value: "", text: "by feature" },
  { value: "layer", text: "by layer" },
  { value: "position", text: "by position" },
] as const;

interface Props {
  why: Why;
  question: WhyQuestion;
  run: Run;
  /** Nothing more is measured: the model is free for what is asked by the list itself. */
  settled: boolean;
  open: string | null;
  /** What can be done with an open row. */
  actions: (effect: Effect) => ReactNode;
}

/** All sites of an explanation: where they are, what they did together, and each as a signed bar. */
export function EffectList({ why, question, run, settled, open, actions }: Props) {
  const { sums, within, side: only } = useView();
  const side = only ?? "all";
  const of = placeKey(question);
  const part = parsePart(within);
  const scale = scaleOf(why.effects);
  const ofSide = onSide(why.effects, side);
  const shown = ofSide.filter((effect) => isIn(part, effect));
  const firing = useFiring(run.id, why.effects, settled);
  const pointing = useRowPointing(run.id, why.effects, firing);
  const list = (effects: readonly Effect[], label: string): ReactNode => (
    <SiteList
      of={of}
      label={label}
      sites={effects}
      tokens={run.tokens}
      open={open}
      row={(effect, { key, ...given }) => <EffectRow key={key} effect={effect} scale={scale} {...given} />}
      inside={(effect) => (
        <>
          <SiteFacts site={effect} />
          <div className="mt-2 pl-6">{actions(effect)}</div>
        </>
      )}
    />
  );
  return (
    <div
      {...pointing}
      className="effect-list"
      data-told={why.effects.some((effect) => effect.summary) ? "" : undefined}
    >
      <div className="flex flex-wrap items-center gap-x-1 border-rule border-y bg-panel px-2 py-0.5">
        {SIDES.map((one) => (
          <Button
            key={one.side}
            look="bare"
            aria-pressed={side === one.side}
            onClick={() => go({ side: one.side === "all" ? null : one.side }, "replace")}
          >
            {one.name} <span className="text-muted">{onSide(why.effects, one.side).length}</span>
          </Button>
        ))}
        <Select
          label="Effects"
          value={sums ?? ""}
          options={BY}
          onChange={(value) =>
            go({ sums: value === "layer" || value === "position" ? value : null, within: null }, "replace")
          }
          className="border-transparent bg-transparent"
        />
      </div>
      {why.map && (
        <SiteMapView
          run={run}
          map={why.map}
          side={side}
          part={part}
          onPart={(next) => go({ within: next, sums: null, feature: null }, "replace")}
        />
      )}
      <JointLine question={question} effects={shown} ready={settled} />
      {part && (
        <p className="flex flex-wrap items-baseline gap-x-3 px-4 pb-1" role="status">
          {heldInWords(shown.length, ofSide.length, part)}
          <Button look="bare" onClick={() => go({ within: null, feature: null }, "replace")}>
            Show all
          </Button>
        </p>
      )}
      {sums ? (
        <SumRows by={sums} effects={ofSide} map={why.map} tokens={run.tokens} part={part}>
          {(effects, name) => list(effects, `Features of ${name}, largest estimate first`)}
        </SumRows>
      ) : (
        <>
          {shown.length > 0 && (
            <ListHead
              of={of}
              sites={shown}
              bar={<BarEnds />}
              number={
                <Explained meaning="What one site did: log p of the target before, minus after it was set to 0. 0.69 nats double or halve a probability.">
                  effect
                </Explained>
              }
            />
          )}
          {list(shown, "Features, largest estimate first")}
        </>
      )}
    </div>
  );
}
