import type { Alternative, Token } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Explained } from "@/components/ui/explained";
import { ProbabilityBar } from "@/components/ui/probability-bar";
import { TokenName } from "@/components/ui/token-name";
import { percent, plain } from "@/lib/format";
import { knownEntropy } from "@/lib/probability";

interface Props {
  token: Token;
  parts: readonly Token[];
  onWhy: (pos: number) => void;
  onWhyNot: (pos: number, id: number) => void;
}

/** What is known of one token: how probable it was, what else could have stood there, and the way to ask why. */
export function TokenFacts({ token, parts, onWhy, onWhyNot }: Props) {
  const others = token.top.filter((one) => one.id !== token.id);
  const rank = token.top.findIndex((one) => one.id === token.id);
  const entropy = knownEntropy(token);
  if (token.logprob === null)
    return (
      <p className="w-64 px-3 py-2">The first token of all: nothing stands before it, so it has no probability.</p>
    );
  return (
    <div className="w-[22rem] max-w-full">
      <div className="px-3 pt-2.5 pb-2">
        <div className="flex items-baseline justify-between gap-3">
          <TokenName text={token.text} className="max-w-32" />
          <Explained
            className="font-semibold"
            meaning="Probability of this token given all before it; log p is its natural logarithm, in nats."
          >
            {percent(Math.exp(token.logprob))}
          </Explained>
        </div>
        <div className="mt-1.5">
          <ProbabilityBar probability={Math.exp(token.logprob)} />
        </div>
        <p className="mt-1 flex justify-between text-muted">
          <span>
            token {token.pos}, log p {plain(token.logprob)} nats
          </span>
          <span>
            {rank === 0 ? "most likely" : rank > 0 ? `rank ${rank + 1}` : `below the top ${token.top.length}`}
          </span>
        </p>
        {parts.length > 1 && <Parts parts={parts} onWhy={onWhy} />}
      </div>
      {others.length > 0 && (
        <ul className="border-rule border-t px-3 py-1.5">
          {others.map((one) => (
            <AlternativeRow key={one.id} alternative={one} onWhyNot={() => onWhyNot(token.pos, one.id)} />
          ))}
        </ul>
      )}
      <div className="flex items-center justify-between gap-3 border-rule border-t px-3 py-1.5">
        {entropy && (
          <Explained
            className="text-muted"
            meaning={
              entropy.exact
                ? "How open the choice was: 0 nats means only one token could come."
                : `How open the choice was. Only the top ${token.top.length} are known, ${percent(entropy.covered)} of the probability, so this is a lower bound.`
            }
          >
            entropy {entropy.exact ? "" : "≥ "}
            {plain(entropy.entropy)} nats
          </Explained>
        )}
        <Button look="solid" onClick={() => onWhy(token.pos)}>
          Why this?
        </Button>
      </div>
    </div>
  );
}

function AlternativeRow({ alternative, onWhyNot }: { alternative: Alternative; onWhyNot: () => void }) {
  const probability = Math.exp(alternative.logprob);
  return (
    <li className="grid grid-cols-[minmax(0,7rem)_1fr_3.5rem_auto] items-center gap-2">
      <TokenName text={alternative.text} className="justify-self-start" />
      <ProbabilityBar probability={probability} />
      <span className="text-right">{percent(probability)}</span>
      <Button look="bare" className="-mr-2" onClick={onWhyNot} aria-label={`Why not ${alternative.text}?`}>
        why not?
      </Button>
    </li>
  );
}

/** The tokens that make one character, each with its own probability and its own why. */
function Parts({ parts, onWhy }: { parts: readonly Token[]; onWhy: (pos: number) => void }) {
  return (
    <p className="mt-1 flex flex-wrap items-center gap-1 text-muted">
      One character of {parts.length} tokens:
      {parts.map((part) => (
        <Button key={part.pos} look="bare" onClick={() => onWhy(part.pos)} aria-label={`Why token ${part.pos}?`}>
          {part.logprob === null ? part.pos : percent(Math.exp(part.logprob))}
        </Button>
      ))}
    </p>
  );
}
