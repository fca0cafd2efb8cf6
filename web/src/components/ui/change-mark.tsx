import type { Mark } from "@/lib/interventions";

/** The rule that stands under tokens where the model is changed, as a sign beside the words that say how. */
export function ChangeMark({ mark }: { mark: Mark }) {
  return <span aria-hidden="true" data-steered={mark} className="change-mark" />;
}
