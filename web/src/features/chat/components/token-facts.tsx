import type { Alternative, Intervention, Token } from "@/api/types";
import { Button } from "@/components/ui/button";
import { ChangeMark } from "@/components/ui/change-mark";
import { Explained } from "@/components/ui/explained";
import { ProbabilityBar } from "@/components/ui/probability-bar";
import { TokenName } from "@/components/ui/token-name";
import { nameOf } from "@/components/ui/token-view";
import { twinInWords } from "@/features/chat/model/comparison";
import type { Cell } from "@/lib/cells";
import { percent, plain, plural } from "@/lib/format";
import { actOf, changeInWords } from "@/lib/interventions";
import { knownEntropy } from "@/lib/probability";

interface Props {
  cell: Cell;
  /** Its counterpart in the answer beside this one, and what that is called. */
  twin: { token: Token; title: string } | null;
  /** The changes that act here. */
  acts: readonly Intervention[];
  /** The answer was given this to begin with. */
  given: boolean;
  onWhy: (pos: number) => void;
  onWhyNot: (pos: number, id: number) => void;
  /** Chooses the token as the place of a change. */
  onPlace: () => void;
  /** Goes on with another token in its place; null where that cannot be asked. */
  onTake: ((id: number) => void) | null;
  /** Has the answer written anew from here; null where that cannot be asked. */
  onAnew: (() => void) | null;
}

/** What is known of one token: how probable it was, what else could have stood there, and the way to ask why. */
export function TokenFacts(props: Props) {
  const { cell, twin, acts, given, onWhy, onWhyNot, onPlace, onTake, onAnew } = props;
  const { token, parts } = cell;
  const others = token.top.filter((one) => one.id !== token.id);
  const rank = token.top.findIndex((one) => one.id === token.id);
  const entropy = knownEntropy(token);
  if (token.logprob === null)
    return (
      <div className="w-64">
        <p className="px-3 py-2">The first token of all: nothing stands before it, so it has no probability.</p>
        <Acts acts={acts} />
      </div>
    );
  return (
    <div className="w-[24rem] max-w-full">
      <div className="px-3 pt-2.5 pb-2">
        <div className="flex items-baseline justify-between gap-3">
          <TokenName text={cell.text} className="max-w-32" />
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
        {given && (
          <p className="mt-1">
            <Explained meaning="The answer was given this to begin with; its probability is what the model would have given it.">
              given
            </Explained>
            <span className="text-muted">, not written here</span>
          </p>
        )}
        {twin && <p className="mt-1">{twinInWords(twin.title, twin.token, token)}</p>}
        {parts.length > 1 && <Parts parts={parts} onWhy={onWhy} />}
      </div>
      <Acts acts={acts} />
      {others.length > 0 && (
        <ul className="border-rule border-t px-3 py-1.5">
          {others.map((one) => (
            <AlternativeRow
              key={one.id}
              alternative={one}
              onWhyNot={() => onWhyNot(token.pos, one.id)}
              onTake={onTake && (() => onTake(one.id))}
            />
          ))}
        </ul>
      )}
      <div className="flex items-center gap-1 border-rule border-t px-3 py-1.5">
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
        <span className="flex-1" />
        {onAnew && (
          <Button
            look="bare"
            className="px-1.5"
            onClick={onAnew}
            aria-label="Write the answer anew from here"
            title="Write the answer anew from this token on"
          >
            anew
          </Button>
        )}
        <Button
          look="bare"
          className="px-1.5"
          onClick={onPlace}
          aria-label="Choose this token as the place of a change"
          title="Choose this token as the place of a change"
        >
          choose
        </Button>
        <Button look="solid" onClick={() => onWhy(token.pos)}>
          Why this?
        </Button>
      </div>
    </div>
  );
}

interface AlternativeProps {
  alternative: Alternative;
  onWhyNot: () => void;
  onTake: (() => void) | null;
}

function AlternativeRow({ alternative, onWhyNot, onTake }: AlternativeProps) {
  const probability = Math.exp(alternative.logprob);
  const name = nameOf(alternative.text);
  return (
    <li className="grid grid-cols-[minmax(0,6.5rem)_1fr_3.5rem_auto] items-center gap-2">
      <TokenName text={alternative.text} className="justify-self-start" />
      <ProbabilityBar probability={probability} />
      <span className="text-right">{percent(probability)}</span>
      <span className="-mr-2 flex">
        <Button look="bare" className="px-1.5" onClick={onWhyNot} aria-label={`Why not ${name}?`}>
          why not?
        </Button>
        {onTake && (
          <Button
            look="bare"
            className="px-1.5"
            onClick={onTake}
            aria-label={`Take ${name} instead and go on`}
            title="Take this token instead and go on"
          >
            take
          </Button>
        )}
      </span>
    </li>
  );
}

/** Changes told one by one; of more only the number. */
const MOST = 4;

/** By what the model was changed at this token. */
function Acts({ acts }: Pick<Props, "acts">) {
  if (acts.length === 0) return null;
  const followsSign = acts.some((act) => act.sign_rule === "own" && act.value == null);
  return (
    <div className="border-rule border-t px-3 py-1.5">
      <ul aria-label="Changed here">
        {acts.slice(0, MOST).map((act) => (
          <li key={JSON.stringify(act)} className="flex items-baseline gap-2">
            <ChangeMark mark={actOf(act)} />
            <span className="min-w-0 [overflow-wrap:anywhere]">{changeInWords(act)} here</span>
          </li>
        ))}
      </ul>
      {acts.length > MOST && <p className="text-muted">and {plural(acts.length - MOST, "change")} more</p>}
      {followsSign && <p className="text-muted">wherever the feature’s own sign is active</p>}
    </div>
  );
}

/** The tokens that make one character, each with its own probability and its own why. */
function Parts({ parts, onWhy }: { parts: readonly Token[]; onWhy: (pos: number) => void }) {
  return (
    <p className="mt-1 flex flex-wrap items-center gap-1 text-muted">
      {parts.length} tokens share a character:
      {parts.map(({ pos, logprob }) => {
        const told = logprob === null ? String(pos) : percent(Math.exp(logprob));
        return (
          <Button key={pos} look="bare" onClick={() => onWhy(pos)} aria-label={`${told}: why token ${pos}?`}>
            {told}
          </Button>
        );
      })}
    </p>
  );
}
