import type { ReactNode } from "react";
import type { Active, Effect, Run } from "@/api/types";
import { useReturning } from "@/app/use-returning";
import type { useSteering } from "@/app/use-steering";
import { useActiveSite } from "@/features/attribution/api/get-active";
import { useSite } from "@/features/attribution/api/stream-why";
import { isMeasured, natsOf } from "@/features/attribution/model/rows";
import { FeatureCard } from "@/features/card/components/feature-card";
import type { Here } from "@/features/card/components/here-note";
import { ClampForm } from "@/features/steering/components/clamp-form";
import { positionsFor } from "@/features/steering/model/positions";
import { parseFeature, parseSite } from "@/lib/feature-id";
import { visible } from "@/lib/format";
import { parseSpan, type Span } from "@/lib/span";
import { useStrengths } from "@/lib/use-strengths";
import { go, useView, type View } from "@/lib/view-state";

interface Props {
  run: Run | undefined;
  steering: ReturnType<typeof useSteering>;
  /** What stands behind the card: the list it was opened from. It stays as it is. */
  children: ReactNode;
}

/** A feature's card over whatever the column shows; the way back leads to the very row it was opened from. */
export function CardPane({ run, steering, children }: Props) {
  const view = useView();
  const { id, pos } = parseSite(view.card ?? "");
  const feature = parseFeature(id);
  const strengths = useStrengths();
  const frame = useReturning(feature?.id ?? null);
  const question =
    feature && pos !== null && run && view.token !== null && run.tokens[view.token]
      ? { run: run.id, pos: view.token, contrast: view.contrast }
      : null;
  const active = view.by === "activation";
  const effect = useSite(active ? null : question, view.card);
  const listed = useActiveSite(run?.id ?? "", active ? spansOf(view) : [], view.card);
  const site = effect ?? listed;
  const target = view.token === null ? undefined : run?.tokens[view.token];
  return (
    <div ref={frame} className="h-full">
      <div hidden={feature !== null} className="h-full">
        {children}
      </div>
      {feature && (
        <FeatureCard
          key={feature.id}
          feature={feature}
          here={site && run ? hereOf(site, run) : null}
          actions={
            <div className="flex flex-wrap items-center gap-2">
              <ClampForm
                feature={feature.id}
                activation={site?.activation ?? null}
                strengths={strengths}
                start={site && run ? positionsFor(run, [site.pos]) : "prompt"}
                chosen={steering.chosen}
                current={steering.of([feature.id])}
                onAdd={steering.add}
                onRemove={steering.remove}
              />
            </div>
          }
          back={backOf(view.find, target?.text, active)}
          onBack={() => go({ card: null })}
        />
      )}
    </div>
  );
}

/** Where the way back leads, in words. */
function backOf(find: string | null, token: string | undefined, active: boolean): string {
  if (find !== null) return find.trim() === "" ? "Search" : `Search: ${find}`;
  return token === undefined ? "Back" : `${active ? "Active at" : "Why"} ${visible(token)}`;
}

/** The tokens whose activations may be listed. */
function spansOf({ token, span }: View): Span[] {
  const selected = parseSpan(span);
  return [...(token === null ? [] : [{ from: token, to: token + 1 }]), ...(selected ? [selected] : [])];
}

function hereOf(site: Effect | Active, run: Run): Here {
  return {
    text: run.tokens[site.pos]?.text ?? "",
    pos: site.pos,
    activation: site.activation,
    effect: "attribution" in site ? { nats: natsOf(site), measured: isMeasured(site) } : null,
  };
}
