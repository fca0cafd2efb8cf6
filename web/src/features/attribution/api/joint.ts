import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Joint } from "@/api/types";
import type { WhyQuestion } from "@/features/attribution/api/stream-why";
import { json, send } from "@/lib/http";

interface Asked extends WhyQuestion {
  /** In the order of the list. */
  sites: readonly { id: string; pos: number }[];
}

/** What some sites did together, from one joint ablation; until it is there, the answer for the sites before them. */
export function useJoint({ run, pos, contrast, sites }: Asked, enabled: boolean) {
  const keys = sites.map(({ id, pos: at }) => ({ id, pos: at }));
  return useQuery({
    queryKey: ["joint", run, pos, contrast, keys],
    queryFn: ({ signal }) =>
      json<Joint>(
        send(
          "POST",
          `/api/runs/${encodeURIComponent(run)}/joint`,
          { pos, sites: keys, ...(contrast === null ? {} : { contrast_id: contrast }) },
          signal,
        ),
      ),
    enabled: enabled && keys.length > 0,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}
