import { useQuery } from "@tanstack/react-query";
import type { Verification } from "@/api/types";
import type { WhyQuestion } from "@/features/attribution/api/stream-why";
import { json, send } from "@/lib/http";

/** Suppresses the features and random sets of the same make, and compares. Asked once per question and set. */
export function useVerification(question: WhyQuestion, features: readonly string[]) {
  const { run, pos, contrast } = question;
  return useQuery({
    queryKey: ["verify", run, pos, contrast, [...features].sort()],
    queryFn: ({ signal }) =>
      json<Verification>(
        send(
          "POST",
          `/api/runs/${encodeURIComponent(run)}/verify`,
          { pos, features, ...(contrast === null ? {} : { contrast_id: contrast }) },
          signal,
        ),
      ),
    enabled: features.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}
