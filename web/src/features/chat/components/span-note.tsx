import type { Run } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Explained } from "@/components/ui/explained";
import { plural } from "@/lib/format";
import { parseSpan } from "@/lib/span";
import { go } from "@/lib/view-state";

interface Props {
  run: Run | undefined;
  /** `3:9`, or null where none is chosen. */
  span: string | null;
}

/** The tokens chosen as the place of a change, in words; how many they are is announced as it changes. */
export function SpanNote({ run, span }: Props) {
  const chosen = parseSpan(span);
  const tokens = chosen && run ? run.tokens.slice(chosen.from, chosen.to) : [];
  const markers = tokens.filter((token) => token.marker).length;
  const told = chosen && `${plural(chosen.to - chosen.from, "token")} chosen`;
  return (
    <div className="select-none">
      <span aria-live="polite" className="sr-only">
        {told}
      </span>
      {chosen && (
        <p className="flex items-center gap-2 border-rule border-t px-4 py-1 @2xl:px-7">
          <Explained
            className="shrink-0 font-semibold"
            meaning="Offered as the place wherever a change is made. Esc lets go of them."
          >
            {told}
          </Explained>{" "}
          <span className="min-w-0 flex-1 truncate text-muted">
            <span className="font-mono text-mono">{span}</span>
            {markers > 0 && `, ${plural(markers, "template marker")} among them`}
            {tokens.length > 0 && (
              <>
                : <bdi className="font-read">{tokens.map((token) => (token.marker ? "" : token.text)).join("")}</bdi>
              </>
            )}
            {run && tokens.length === 0 && ": past the end of this answer"}
          </span>
          <Button
            look="bare"
            className="-mr-2"
            aria-label="Clear the chosen tokens"
            onClick={() => go({ span: null }, "replace")}
          >
            Clear
          </Button>
        </p>
      )}
    </div>
  );
}
