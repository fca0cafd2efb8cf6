import { useCallback, useId, useMemo } from "react";
import type { Traced } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Explained } from "@/components/ui/explained";
import { ProblemNote } from "@/components/ui/problem-note";
import { ProgressLine } from "@/components/ui/progress-line";
import { QueueNote } from "@/components/ui/queue-note";
import { ShadedText } from "@/components/ui/shaded-text";
import { TokenName } from "@/components/ui/token-name";
import { useTraced } from "@/features/card/api/trace-text";
import { CardSection } from "@/features/card/components/card-section";
import { useTried } from "@/features/card/components/use-tried";
import { plain } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { peakOf, type Shade } from "@/lib/shades";

const LONGEST = 20_000;

interface Props {
  id: string;
  sign: "pos" | "neg";
  /** The strongest exemplar's peak, so that a shade means the same here as there; null where it is not known. */
  scale: number | null;
}

/** A text of one's own, and where the feature fires in it. */
export function TryText({ id, sign, scale }: Props) {
  const field = useId();
  const { draft, asked, write, ask: read } = useTried();
  const { data, error, isFetching } = useTraced(id, asked);
  const ask = (): void => {
    if (draft.text.trim() !== "") read(draft);
  };
  return (
    <CardSection title="Try your own text">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <label htmlFor={field} className="sr-only">
          Text to read for this feature
        </label>
        <textarea
          id={field}
          value={draft.text}
          maxLength={LONGEST}
          rows={Math.min(8, Math.max(2, draft.text.split("\n").length))}
          dir="auto"
          placeholder="Type or paste a text and see where the feature fires"
          onChange={(event) => write({ ...draft, text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
            event.preventDefault();
            ask();
          }}
          className="field block w-full resize-y px-2 py-1.5 font-read placeholder:text-muted"
        />
        <div className="mt-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <label className="flex items-center gap-2">
            <input
              type="checkbox"
              checked={draft.asMessage}
              onChange={(event) => write({ ...draft, asMessage: event.target.checked })}
            />
            as a chat message
          </label>
          <Button type="submit" look="solid" disabled={draft.text.trim() === ""}>
            Read it
          </Button>
        </div>
      </form>
      {isFetching && (
        <div className="mt-3">
          <ProgressLine label="Reading the text" done={null} total={null} />
          <p className="mt-1.5 text-muted">
            One pass forward
            <QueueNote />
          </p>
        </div>
      )}
      {error && (
        <div className="mt-3">
          <ProblemNote problem={problemOf(error)} />
        </div>
      )}
      {data && <Result traced={data} sign={sign} scale={scale} />}
    </CardSection>
  );
}

function Result({ traced, sign, scale }: { traced: Traced; sign: "pos" | "neg"; scale: number | null }) {
  const side = sign === "pos" ? 1 : -1;
  const values = useMemo(
    () => traced.tokens.map(({ activation }, at) => (at === 0 ? null : activation)),
    [traced.tokens],
  );
  const peak = peakOf(values, side);
  const most = peak?.value ?? side;
  const full = scale !== null && scale !== 0 && Math.abs(scale) > Math.abs(most) ? scale : most;
  const facts = useCallback(
    ({ at, value }: Shade) => {
      if (value === null) return { value: "not counted", more: "the first token is an attention sink" };
      const over = traced.tokens[at]?.normalised;
      const times = over == null ? "" : `${plain(over)} × ${nameOf(traced)}, `;
      return { value: plain(value), more: `${times}token ${at}` };
    },
    [traced],
  );
  const at = peak && traced.tokens[peak.at];
  return (
    <div className="mt-3 border-rule border-t pt-3">
      <ShadedText
        label="Your text"
        tokens={traced.tokens}
        values={values}
        scale={full}
        peak={peak?.at ?? null}
        from={0}
        to={traced.tokens.length}
        lines
        facts={facts}
      />
      <p className="mt-1 flex flex-wrap items-baseline gap-x-1.5 text-muted" role="status">
        {at ? (
          <>
            <span>Strongest at</span> <TokenName text={at.text} className="text-ink" />{" "}
            <span className="text-ink">{plain(at.activation)}</span>
            {at.normalised != null && (
              <Explained meaning="The activation over the feature’s tail quantile: past 1, it is among the strongest in 100 000 tokens.">
                {plain(at.normalised)} × {nameOf(traced)}
              </Explained>
            )}
          </>
        ) : (
          "It does not fire in this text: its activation stays on the other side of 0."
        )}
      </p>
    </div>
  );
}

function nameOf({ quantile }: Traced): string {
  return quantile?.reached === false ? "largest seen" : "tail quantile";
}
