import type { OutputToken } from "@/api/types";
import { Explained } from "@/components/ui/explained";
import { TokenName } from "@/components/ui/token-name";
import { CardSection } from "@/features/card/components/card-section";
import { signed } from "@/lib/format";

const MEANING =
  "Change of this token’s logit for each unit of activation, through the last norm’s gain and the output embedding. The norm then divides it by the size of the residual stream.";

/** The tokens a feature makes less likely and more likely by itself: two lists that grow from one line. */
export function OutputTokens({ promoted, suppressed }: { promoted: OutputToken[]; suppressed: OutputToken[] }) {
  const scale = Math.max(1e-9, ...[...promoted, ...suppressed].map((token) => Math.abs(token.logit)));
  return (
    <CardSection title="What it writes" aside={<Explained meaning={MEANING}>logits per unit of activation</Explained>}>
      <div className="grid grid-cols-2">
        <Side name="suppresses" tokens={suppressed} scale={scale} left />
        <Side name="promotes" tokens={promoted} scale={scale} />
      </div>
    </CardSection>
  );
}

function Side(props: { name: string; tokens: readonly OutputToken[]; scale: number; left?: boolean }) {
  const { name, tokens, scale, left = false } = props;
  return (
    <div className={left ? "border-edge border-r" : ""}>
      <h4 className={`mb-1 text-muted ${left ? "pr-2 text-right" : "pl-2"}`}>{name}</h4>
      <ul aria-label={`Tokens it ${name}`}>
        {tokens.map((token, rank) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two ids may have one text, and the list never changes
          <li key={rank} className={`output-grid ${left ? "output-left" : ""}`}>
            <span className="min-w-0 [grid-area:token]">
              <TokenName text={token.text} />
            </span>
            <span className="[grid-area:logit]">{signed(token.logit)}</span>
            <span aria-hidden="true" className="output-bar [grid-area:bar]">
              <span
                className={`bar-grow block h-full min-w-[2px] ${left ? "bg-hinder" : "bg-promote"}`}
                style={{ width: `${(Math.abs(token.logit) / scale) * 100}%` }}
              />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
