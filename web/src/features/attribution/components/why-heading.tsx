import type { Token } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Explained } from "@/components/ui/explained";
import { Icon } from "@/components/ui/icon";
import { Select } from "@/components/ui/select";
import { TokenName } from "@/components/ui/token-name";
import type { Why } from "@/features/attribution/api/stream-why";
import { percent, visible } from "@/lib/format";
import { go } from "@/lib/view-state";

interface Props {
  token: Token;
  contrast: number | null;
  why: Why | undefined;
  steered: boolean;
}

/** Which token is explained, and against what. */
export function WhyHeading({ token, contrast, why, steered }: Props) {
  const others = token.top.filter((one) => one.id !== token.id);
  const listed = contrast === null || others.some((one) => one.id === contrast);
  return (
    <header className="px-4 pt-3 pb-2">
      <div className="flex items-baseline gap-2">
        <h2 className="min-w-0 font-read text-read font-semibold">
          Why <TokenName text={token.text} className="font-normal" />
          {token.logprob !== null && (
            <span className="ml-2 font-normal font-ui text-muted text-ui">
              <Explained meaning="Probability of this token given all before it, in this run with its changes.">
                {percent(Math.exp(token.logprob))}
              </Explained>
              , token {token.pos}
              {steered && ", in the model as changed"}
            </span>
          )}
        </h2>
        <span className="flex-1" />
        <Button
          look="bare"
          className="-mr-2 max-lg:hidden"
          aria-label="Close this explanation"
          onClick={() => go({ token: null, contrast: null, feature: null, pane: "chat" })}
        >
          <Icon name="close" />
        </Button>
      </div>
      <p className="mt-1 flex flex-wrap items-center gap-2 text-muted">
        rather than
        <Select
          label="Rather than"
          value={contrast === null ? "" : String(contrast)}
          onChange={(value) => go({ contrast: value === "" ? null : Number(value), feature: null })}
          className="text-ink"
          options={[
            { value: "", text: "anything else" },
            ...others.map((one) => ({
              value: String(one.id),
              text: `“${visible(one.text)}”, ${percent(Math.exp(one.logprob))}`,
            })),
            ...(listed
              ? []
              : [{ value: String(contrast), text: `“${visible(why?.contrast?.text ?? `token ${contrast}`)}”` }]),
          ]}
        />
      </p>
    </header>
  );
}
