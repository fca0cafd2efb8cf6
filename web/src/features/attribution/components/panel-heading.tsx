import type { ReactNode } from "react";
import type { Run, Token } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Explained } from "@/components/ui/explained";
import { Icon } from "@/components/ui/icon";
import { TokenName } from "@/components/ui/token-name";
import { ModeSwitch } from "@/features/attribution/components/mode-switch";
import { spanInWords } from "@/features/attribution/model/part";
import { percent } from "@/lib/format";
import type { Span } from "@/lib/span";
import { go } from "@/lib/view-state";

interface Props {
  run: Run;
  token: Token;
  /** What is said of the token. */
  words: string;
  /** Tokens that are looked at instead of the one. */
  span?: Span | null;
  children?: ReactNode;
}

/** Which token is looked at, what is listed of it, and the way out. */
export function PanelHeading({ run, token, words, span = null, children }: Props) {
  return (
    <header className="px-4 pt-3 pb-2">
      <div className="flex items-start gap-2">
        <h2 className="min-w-0 flex-1 font-read text-read font-semibold">
          {words} <TokenName text={span ? textOf(run, span) : token.text} className="font-normal" />{" "}
          <span className="ml-2 font-normal font-ui text-muted text-ui">
            {!span && token.logprob !== null && (
              <>
                <Explained meaning="Probability of this token given all before it, in this run with its changes.">
                  {percent(Math.exp(token.logprob))}
                </Explained>
                {", "}
              </>
            )}
            {span ? spanInWords(span) : `token ${token.pos}`}
            {run.interventions.length > 0 && ", in the model as changed"}
          </span>
        </h2>
        <ModeSwitch />
        <Button
          look="bare"
          className="-mr-2 max-lg:hidden"
          aria-label="Close this explanation"
          onClick={() => go({ token: null, contrast: null, feature: null, within: null, pane: "chat" })}
        >
          <Icon name="close" />
        </Button>
      </div>
      {children}
    </header>
  );
}

function textOf(run: Run, { from, to }: Span): string {
  return run.tokens
    .slice(from, to)
    .map((token) => token.text)
    .join("");
}
