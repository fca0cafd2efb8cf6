import { useQuery } from "@tanstack/react-query";
import type { Manifest } from "@/api/types";
import { json, send } from "@/lib/http";
import { problemOf } from "@/lib/problem";

/** The atlas of the model, once it is known; its absence is a refusal. */
function useAtlas() {
  return useQuery({
    queryKey: ["atlas"],
    queryFn: ({ signal }) => json<Manifest>(send("GET", "/api/atlas", undefined, signal)),
    staleTime: Number.POSITIVE_INFINITY,
    // Before the model is loaded it may not be known which atlas is its own.
    refetchInterval: (query) => (problemOf(query.state.error).code === "busy" ? 2000 : false),
  });
}

/** Whether features can be set to multiples of their tail quantiles: whether there is an atlas of neurons. */
export function useStrengths(): boolean {
  return useAtlas().data?.source.kind === "mlp";
}
