import type { ReactNode } from "react";
import type { Effect, SiteMap, Token } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Chevron } from "@/components/ui/chevron";
import { DivergingBar } from "@/components/ui/diverging-bar";
import { Explained } from "@/components/ui/explained";
import { TokenName } from "@/components/ui/token-name";
import { BarEnds } from "@/features/attribution/components/bar-ends";
import { amountsInWords } from "@/features/attribution/model/axis";
import { formatPart, type Part } from "@/features/attribution/model/part";
import { type By, reachOf, type Sum, sumsOf } from "@/features/attribution/model/sums";
import { plural, signed } from "@/lib/format";
import { go } from "@/lib/view-state";

interface Props {
  by: By;
  effects: readonly Effect[];
  map: SiteMap | null;
  tokens: readonly Token[];
  part: Part | null;
  /** The rows of an open sum. */
  children: (effects: readonly Effect[], name: string) => ReactNode;
}

/** The sites shown, summed by layer or by position; each sum opens into its features. */
export function SumRows({ by, effects, map, tokens, part, children }: Props) {
  const sums = sumsOf(effects, by);
  const scale = reachOf(sums);
  return (
    <>
      <div className="sum-grid px-4 pt-1 text-muted @max-md:hidden">
        <span className="[grid-area:name]">{by}</span>
        <span className="[grid-area:count]">features</span>
        <span className="flex justify-between [grid-area:bar]">
          <BarEnds />
        </span>
        <span className="text-right [grid-area:number]">
          <Explained meaning="The single effects of the features listed, summed; the bars sum those that promoted and those that held back apart. Filled where all were measured.">
            sum
          </Explained>
        </span>
      </div>
      <ul aria-label={by === "layer" ? "Layers, the last one first" : "Positions, in reading order"}>
        {sums.map((sum) => (
          <SumRow
            key={sum.at}
            sum={sum}
            scale={scale}
            name={by === "layer" ? `layer ${sum.at}` : `token ${sum.at}`}
            token={by === "layer" ? null : (tokens[sum.at]?.text ?? "")}
            open={by === "layer" ? part?.layer === sum.at : part?.span?.from === sum.at}
            own={
              by === "layer" ? { layer: sum.at, span: null } : { layer: null, span: { from: sum.at, to: sum.at + 1 } }
            }
            all={map && allOf(map, by, sum.at)}
          >
            {children}
          </SumRow>
        ))}
      </ul>
    </>
  );
}

/** Of all sites of a layer or position, listed or not. */
function allOf(map: SiteMap, by: By, at: number): { promoted: number; hindered: number } | null {
  const pair = by === "layer" ? map.by_layer[map.layers.indexOf(at)] : map.by_position[at - map.start];
  return pair ? { promoted: pair[0], hindered: pair[1] } : null;
}

interface RowProps {
  sum: Sum;
  scale: number;
  name: string;
  token: string | null;
  own: Part;
  open: boolean;
  all: { promoted: number; hindered: number } | null;
  children: Props["children"];
}

function SumRow({ sum, scale, name, token, own, open, all, children }: RowProps) {
  const { promoted, hindered, effects, nMeasured } = sum;
  const measured = nMeasured === effects.length;
  const net = promoted + hindered;
  return (
    <li className="border-rule border-b">
      <div
        data-at={[...new Set(effects.map((effect) => effect.pos))].join(" ")}
        className={`sum-grid px-4 py-[3px] ${open ? "bg-panel" : "hover:bg-panel"}`}
      >
        <span className="flex min-w-0 items-baseline gap-1.5 [grid-area:name]">
          {token === null ? (
            name
          ) : (
            <>
              <TokenName text={token} className="min-w-0" /> <span className="text-muted">{sum.at}</span>
            </>
          )}
        </span>
        <span className="text-muted [grid-area:count]">
          <span className="sr-only">{name}, </span>
          {sum.nHindered > 0 && `${sum.nHindered} −`}
          {sum.nHindered > 0 && sum.nPromoted > 0 && " / "}
          {sum.nPromoted > 0 && `${sum.nPromoted} +`}
        </span>
        <span className="grid grid-cols-1 [grid-area:bar]">
          {[hindered, promoted]
            .filter((value) => value !== 0)
            .map((value) => (
              <span key={Math.sign(value)} className="[grid-area:1/1]">
                <DivergingBar value={value} scale={scale} measured={measured} />
              </span>
            ))}
        </span>
        <span className="text-right [grid-area:number]">
          {signed(net)} <span className="text-muted">nats</span>
          <span className="sr-only">
            , {amountsInWords(sum)}, {nMeasured} of {plural(effects.length, "feature")} measured
          </span>
        </span>
        <Button
          look="bare"
          className="size-6 min-h-6 px-0 text-muted [grid-area:more]"
          aria-expanded={open}
          aria-label={`Features of ${name}`}
          onClick={() => go({ within: open ? null : formatPart(own), feature: null }, "replace")}
        >
          <Chevron open={open} />
        </Button>
      </div>
      {open && (
        <div className="border-edge border-l-2 ml-4">
          {all && <p className="px-4 py-1 text-muted">{`All sites there, listed or not: ${amountsInWords(all)}`}</p>}
          {children(effects, name)}
        </div>
      )}
    </li>
  );
}
