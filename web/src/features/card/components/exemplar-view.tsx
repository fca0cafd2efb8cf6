import { useCallback, useMemo, useState } from "react";
import type { Exemplar } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Explained } from "@/components/ui/explained";
import { ProblemNote } from "@/components/ui/problem-note";
import { ShadedText } from "@/components/ui/shaded-text";
import { useExactExemplar } from "@/features/card/api/get-exemplar";
import { around, sourceOf } from "@/features/card/model/passage";
import { percent, plain } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import type { Shade } from "@/lib/shades";

interface Props {
  id: string;
  exemplar: Exemplar;
  /** The strongest exemplar's peak: all exemplars share its scale. */
  scale: number;
  /** Whether the atlas holds its activations; otherwise the model computes them when asked. */
  stored: boolean;
  /** Largest error of a stored activation, as a share of the peak. */
  error: number;
}

/** One text with its activations, where it is from, and under which licence. */
export function ExemplarView({ id, exemplar, scale, stored, error }: Props) {
  const [whole, setWhole] = useState(false);
  const [wanted, setWanted] = useState(false);
  const exact = useExactExemplar(id, exemplar.rank, wanted);
  const { pos, tokens } = exemplar;
  const values = useMemo(
    // The first token is an attention sink, hundreds of times beyond any scale.
    () => (exact.data ?? exemplar).activations.map((value, at) => (at === 0 ? null : value)),
    [exact.data, exemplar],
  );
  const known = exact.data !== undefined;
  const facts = useCallback(
    (shade: Shade) => factsOf(shade, { pos, scale, known, stored, error }),
    [pos, scale, known, stored, error],
  );
  const range = whole ? { from: 0, to: tokens.length } : around(pos, tokens.length);
  const short = range.from > 0 || range.to < tokens.length;
  const { corpus, document } = sourceOf(exemplar.source);
  const name = `exemplar ${exemplar.rank + 1}`;
  return (
    <li>
      <ShadedText
        label={`Exemplar ${exemplar.rank + 1}, from ${corpus}`}
        tokens={tokens}
        values={values}
        scale={scale}
        peak={pos}
        {...range}
        lines={whole}
        facts={facts}
      />
      <div className="flex items-baseline gap-x-3 text-muted @max-md:flex-wrap">
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-3 @md:flex-1">
          <span className="font-semibold text-active">{plain(exemplar.peak)}</span>
          <span className="[overflow-wrap:anywhere]">
            {corpus}
            {document && `, document ${document}`}
          </span>
          <span>{exemplar.licence}</span>
        </span>
        <span className="-mr-2 ml-auto flex shrink-0 items-baseline">
          {known ? (
            <Explained meaning="Every shade here was computed by the model just now.">exact</Explained>
          ) : (
            <Button
              look="bare"
              className="-my-1"
              aria-label={`${stored ? "Recompute" : "Compute the shades of"} ${name}`}
              disabled={wanted && exact.isFetching}
              onClick={() => (wanted ? void exact.refetch() : setWanted(true))}
            >
              {exact.isFetching ? "computing" : stored ? "recompute" : "compute shades"}
            </Button>
          )}
          {(short || whole) && (
            <Button
              look="bare"
              className="-my-1"
              aria-expanded={whole}
              aria-label={`${whole ? "Less" : "Whole text"} of ${name}`}
              onClick={() => setWhole(!whole)}
            >
              {whole ? "less" : "whole text"}
            </Button>
          )}
        </span>
      </div>
      {exact.error && <ProblemNote problem={problemOf(exact.error)} />}
    </li>
  );
}

interface Context {
  pos: number;
  scale: number;
  known: boolean;
  stored: boolean;
  error: number;
}

function factsOf({ at, value }: Shade, { pos, scale, known, stored, error }: Context): { value: string; more: string } {
  const where = `token ${at}`;
  if (at === 0) return { value: "not counted", more: "the first token is an attention sink" };
  if (value !== null) {
    const exact = known || at === pos;
    const share = value * scale > 0 ? `${percent(value / scale)} of the largest` : "on the other side of 0";
    return { value: `${exact ? "" : "≈ "}${plain(value)}`, more: `${share}, ${where}` };
  }
  if (!stored) return { value: "not stored", more: `compute the shades to see it, ${where}` };
  return { value: "near 0", more: `below ${percent(error)} of the peak or on the other side of 0, ${where}` };
}
