import type { Run, Token } from "@/api/types";
import { Select } from "@/components/ui/select";
import type { Why } from "@/features/attribution/api/stream-why";
import { MeasuredLegend } from "@/features/attribution/components/measured-legend";
import { PanelHeading } from "@/features/attribution/components/panel-heading";
import { percent, visible } from "@/lib/format";
import { go } from "@/lib/view-state";

interface Props {
  run: Run;
  token: Token;
  contrast: number | null;
  why: Why | undefined;
}

/** Which token is explained, and against what. */
export function WhyHeading({ run, token, contrast, why }: Props) {
  const others = token.top.filter((one) => one.id !== token.id);
  const listed = contrast === null || others.some((one) => one.id === contrast);
  return (
    <PanelHeading run={run} token={token} words="Why">
      <div className="mt-1 flex flex-wrap items-center gap-2 text-muted">
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
        <span className="flex-1" />
        {why && why.effects.length > 0 && <MeasuredLegend why={why} />}
      </div>
    </PanelHeading>
  );
}
