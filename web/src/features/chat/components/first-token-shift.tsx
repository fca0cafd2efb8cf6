import type { Shift } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Explained } from "@/components/ui/explained";
import { ProbabilityBar } from "@/components/ui/probability-bar";
import { ProblemNote } from "@/components/ui/problem-note";
import { TokenName } from "@/components/ui/token-name";
import { useShift } from "@/features/chat/api/measure-shift";
import { type Comparison, sameStart } from "@/features/chat/model/comparison";
import { percent, plain } from "@/lib/format";
import { problemOf } from "@/lib/problem";

const MEANING =
  "How far the distribution of the answer’s first token is, after, from the one before: the sum of p after times log (p after / p before) over all tokens. 0 nats: the same.";

/** Tokens told of those that moved most. */
const TOLD = 10;

/** How far the changes moved the answer's first token, as an item of a list; it is measured once both answers are there. */
export function FirstTokenShift({ comparison }: { comparison: Comparison }) {
  const { before, after } = comparison;
  const comparable = sameStart(comparison);
  const over = before.run.state !== "running" && after.run.state !== "running";
  const { data, error, refetch } = useShift(after.run.id, before.run.id, comparable && over);
  if (!comparable || !over) return null;
  return (
    <li aria-busy={!data && !error}>
      <Explained meaning={MEANING}>KL of the first token</Explained>:{" "}
      {data ? `${plain(data.kl)} nats.` : error ? "not known." : "being measured."}
      {error && (
        <div className="my-1 max-w-[40rem] text-ink">
          <ProblemNote problem={problemOf(error)}>
            <Button onClick={() => void refetch()}>Measure again</Button>
          </ProblemNote>
        </div>
      )}
      {data && data.tokens.length > 0 && <Moved tokens={data.tokens} />}
    </li>
  );
}

function Moved({ tokens }: { tokens: Shift["tokens"] }) {
  return (
    <details>
      <summary className="w-fit rounded-sm">Tokens whose probability there moved most</summary>
      <table className="my-1 w-full max-w-[32rem] text-ink">
        <thead className="text-left text-muted">
          <tr>
            <th className="w-2/5 font-normal">token</th>
            <th colSpan={2} className="font-normal">
              before
            </th>
            <th colSpan={2} className="font-normal">
              after
            </th>
          </tr>
        </thead>
        <tbody>
          {tokens.slice(0, TOLD).map(({ id, text, before, after }) => (
            <tr key={id} className="border-rule border-t">
              <td className="max-w-0 py-0.5">
                <TokenName text={text} />
              </td>
              <Probability value={before} />
              <Probability value={after} />
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function Probability({ value }: { value: number }) {
  return (
    <>
      <td className="min-w-8 pr-2">
        <ProbabilityBar probability={value} />
      </td>
      <td className="w-20 whitespace-nowrap pr-3 text-right">{percent(value)}</td>
    </>
  );
}
