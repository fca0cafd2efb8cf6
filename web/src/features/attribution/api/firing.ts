import { useQuery } from "@tanstack/react-query";
import type { RunFiring } from "@/api/types";
import type { Firing } from "@/features/attribution/model/lights";
import { json, send } from "@/lib/http";

/** As many as the server follows at once. */
const MOST = 500;

/** Shares past 1 are as deep as it goes. */
function toFiring({ features }: RunFiring): Firing {
  return new Map(
    features.map(({ id, positions, shares }) => [
      id,
      new Map(positions.map((pos, i) => [pos, Math.min(1, shares[i] ?? 0)])),
    ]),
  );
}

/** Where some features fire in a run; undefined until that is known, or where it cannot be. */
export function useFiring(run: string, sites: readonly { id: string }[], enabled: boolean): Firing | undefined {
  const features = [...new Set(sites.map(({ id }) => id))].slice(0, MOST).sort();
  return useQuery({
    queryKey: ["firing", run, features],
    queryFn: ({ signal }) =>
      json<RunFiring>(send("POST", `/api/runs/${encodeURIComponent(run)}/firing`, { features }, signal)),
    select: toFiring,
    enabled: enabled && features.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  }).data;
}
