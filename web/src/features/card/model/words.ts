import type { Described } from "@/api/types";
import { percent } from "@/lib/format";
import { UNSURE } from "@/lib/score";

/** A score to draw: the description's own, or what it is to be held against. */
export interface Baseline {
  name: string;
  meaning: string;
  value: number;
  low: number | null;
  high: number | null;
  own: boolean;
}

/** The description's score first, then what any description must beat; what is not defined is left out. */
export function baselinesOf(told: Described): Baseline[] {
  const rows = [
    {
      name: "this description",
      meaning:
        "Correlation of what the description predicts with the activations, on texts it was not chosen on, with its 95 % interval over texts.",
      value: told.score,
      low: told.score_low,
      high: told.score_high,
      own: true,
    },
    {
      name: "every token",
      meaning:
        "The same for a table of the mean activation at each token of the vocabulary: what words by themselves can predict.",
      value: told.unigram,
    },
    { name: "its best token", meaning: "The same for the single token that predicts it best.", value: told.best_token },
    {
      name: "another’s words",
      meaning: "The same for the description of another feature, drawn at random: about 0 where scores mean something.",
      value: told.shuffled,
    },
  ];
  return rows.flatMap(({ low = null, high = null, own = false, value, ...row }) =>
    value === null ? [] : [{ ...row, value, low, high, own }],
  );
}

/** What the score amounts to, as a sentence. */
export function verdictOf({ score, unigram, best_token: token }: Described): string {
  if (score === null) return "";
  if (score < UNSURE) return "Unsure: the words predict little of what the feature does. Trust the exemplars.";
  if (unigram !== null && score >= unigram) return "It predicts more than a table of all single tokens does.";
  if (token !== null && score < token) return "A single token predicts it better than these words do.";
  return "It predicts less than a table of all single tokens does, and says it in a sentence.";
}

/** The probability that it matters, as it is read. */
export function interestInWords(interest: number): string {
  return `${percent(interest)} likely to matter to a user`;
}
