import { Button } from "@/components/ui/button";
import { go, useView } from "@/lib/view-state";

const MODES = [
  { by: null, name: "Why" },
  { by: "activation", name: "Active" },
] as const;

/** What is listed for a token: what had an effect on it, or what is active at it. */
export function ModeSwitch() {
  const { by } = useView();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a form
    <span role="group" aria-label="What is listed" className="inline-flex rounded-sm border border-rule">
      {MODES.map((mode) => (
        <Button
          key={mode.name}
          look="bare"
          aria-pressed={by === mode.by}
          className="aria-pressed:font-semibold"
          onClick={() => go({ by: mode.by, within: null, feature: null }, "replace")}
        >
          {mode.name}
        </Button>
      ))}
    </span>
  );
}
