import type { Quantile } from "@/api/types";
import { Explained } from "@/components/ui/explained";
import { TokenName } from "@/components/ui/token-name";
import { plain, signed } from "@/lib/format";

/** What a feature does at the token it was opened from. */
export interface Here {
  text: string;
  pos: number;
  activation: number;
  /** What it did for the token explained; null where only its activation is known. */
  effect: { nats: number; measured: boolean } | null;
}

/** The present value beside the feature's own scale. */
export function HereNote({ here, quantile }: { here: Here; quantile: Quantile | null }) {
  return (
    <div className="mb-2 flex flex-wrap items-baseline gap-x-4 gap-y-0.5">
      <span>
        <span className="text-muted">at</span> <TokenName text={here.text} />{" "}
        <span className="text-muted">token {here.pos}</span>
      </span>
      <span>
        <Explained
          className="text-muted"
          meaning="The feature’s raw value here, at the input of its layer’s down projection; it has no unit."
        >
          activation
        </Explained>{" "}
        {plain(here.activation)}
        {quantile !== null && quantile.value !== 0 && (
          <>
            {", "}
            <Explained meaning="The same over the feature’s tail quantile, which 1 token in 100 000 exceeds: past 1, it is among its strongest.">
              {plain(here.activation / quantile.value)} × {quantile.reached ? "tail quantile" : "largest seen"}
            </Explained>
          </>
        )}
      </span>
      {here.effect && (
        <span>
          <Explained
            className="text-muted"
            meaning="What it did for the token explained: log p of that token, minus what it would be without this one site."
          >
            {here.effect.measured ? "effect, measured" : "effect, estimated"}
          </Explained>{" "}
          {signed(here.effect.nats)} nats
        </span>
      )}
    </div>
  );
}
