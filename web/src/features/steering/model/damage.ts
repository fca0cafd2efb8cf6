import type { Damage } from "@/api/types";
import { percent, plain } from "@/lib/format";

/** KL in nats from which the server calls damage strong, and from which it says that the model babbles. */
export const STRONG_KL = 0.5;
export const BABBLING_KL = 2.5;

/** The verdict as a sentence a person can repeat. */
export function damageInWords({ verdict, kl, kl_random: random, repetition }: Damage): string {
  if (verdict === "babbling")
    return `The model babbles under these changes: ${
      kl >= BABBLING_KL
        ? "on text that has nothing to do with them, little of what it would have said is left"
        : `${percent(repetition.after)} of its replies repeat what they said before`
    }. Take a smaller strength, fewer features or fewer positions.`;
  const beside = random && comparison(kl, random.low, random.high, random.n);
  if (verdict === "strong")
    return `Strong: the changes reach well into text that has nothing to do with them${beside ? `, ${beside}` : ""}.`;
  return `Mild: text that has nothing to do with the changes stays nearly as it was${beside ? `, ${beside}` : ""}.`;
}

function comparison(kl: number, low: number, high: number, n: number): string {
  if (n === 1) return kl > high ? "but less so than with random features" : "no more than with random features";
  if (kl > high)
    return low > 0 && kl / high >= 1.5
      ? `${plain(kl / high)} × as far as random features do`
      : "somewhat more than random features do";
  return kl < low ? "less than random features do" : "as random features do";
}
