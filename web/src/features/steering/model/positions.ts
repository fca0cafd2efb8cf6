import type { Run } from "@/api/types";

/**
 * Where a change to these sites has to act to reach them. `prompt` means the system and user turns: a site on the
 * answer, or on the markers that open it, is only reached by acting everywhere.
 */
export function positionsFor(run: Pick<Run, "tokens" | "reply_from">, sites: readonly number[]): "prompt" | "all" {
  const inPrompt = (pos: number): boolean => pos < run.reply_from && run.tokens[pos]?.role !== "assistant";
  return sites.every(inPrompt) ? "prompt" : "all";
}
