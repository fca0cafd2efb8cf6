/** A description's score: how well it predicts activations on text it was not written from, 1 at best. */

/** Below this a description is said to be unsure. */
export const UNSURE = 0.2;
/** Below this it is drawn faint. */
const FAINT = 0.4;

export type Sureness = "sure" | "faint" | "unsure" | "unknown";

export function surenessOf(score: number | null): Sureness {
  if (score === null) return "unknown";
  if (score < UNSURE) return "unsure";
  return score < FAINT ? "faint" : "sure";
}

/** `0.62`, `−0.03`, a dash where there is none. */
export function scoreText(score: number | null): string {
  if (score === null) return "–";
  const digits = Math.abs(score).toFixed(2);
  return score < 0 && digits !== "0.00" ? `\u2212${digits}` : digits;
}

export const SCORE_MEANING =
  "Correlation between what the description predicts and what the feature does, on text it was not written from: 1 predicts every activation, 0 none.";
