import type { Verification } from "@/api/types";
import { plain, plural, signed } from "@/lib/format";

/** The verdict as a sentence a person can repeat. */
export function verdictInWords(result: Verification, nFeatures: number): string {
  const subject = nFeatures === 1 ? "this feature" : `these ${nFeatures} features`;
  const random = `${plural(result.random.n, "random set")} of the same make moved it by ${signed(result.random.low)} to ${signed(result.random.high)} nats`;
  const target = result.contrast ? "the target against its contrast" : "the target";
  if (result.verdict === "within chance")
    return `Within chance: suppressing ${subject} moved ${target} by ${plain(Math.abs(result.effect))} nats, and ${random}.`;
  const verb = result.verdict === "promotes" ? "promotes" : "holds back";
  return `${subject.replace(/^t/, "T")} ${nFeatures === 1 ? verb : verb.replace(/s( |$)/, "$1")} ${target}: effect ${signed(result.effect)} nats, while ${random}.`;
}
