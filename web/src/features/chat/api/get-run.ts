import { useQuery } from "@tanstack/react-query";
import type { Run } from "@/api/types";
import { json, send } from "@/lib/http";
import { problemOf } from "@/lib/problem";

const LOOK_MS = 1200;

/**
 * One answer with all its tokens. A run written by this page is filled in as its stream comes (`live`); one that is
 * being written elsewhere, or whose stream was lost, is looked at again until it is finished, or gone.
 */
export function useRun(id: string | null, live: boolean) {
  return useQuery({
    queryKey: ["run", id],
    queryFn: ({ signal }) => json<Run>(send("GET", `/api/runs/${encodeURIComponent(id ?? "")}`, undefined, signal)),
    enabled: id !== null && !live,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state: { data, error } }) =>
      data?.state === "running" && !live && !isGone(error) ? LOOK_MS : false,
  });
}

function isGone(error: unknown): boolean {
  return error !== null && problemOf(error).status === 404;
}
