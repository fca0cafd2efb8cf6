import { experimental_streamedQuery, queryOptions, useQuery } from "@tanstack/react-query";
import type { Effect, SiteMap, Target, WhyEvent } from "@/api/types";
import { siteKey, withMeasured } from "@/features/attribution/model/rows";
import { ProblemError, toProblem } from "@/lib/problem";
import { postEvents } from "@/lib/sse";

export interface WhyQuestion {
  run: string;
  pos: number;
  contrast: number | null;
}

/** An explanation as far as it has come. */
export interface Why {
  /** Questions ahead of this one; null once it is its turn. */
  position: number | null;
  target: Target | null;
  contrast: Target | null;
  effects: Effect[];
  /** Sums over all sites, listed or not; null where the server made none. */
  map: SiteMap | null;
  /** How many sites the server was asked to measure. */
  asked: number;
  seconds: number | null;
}

const MEASURE = 20;
const EMPTY: Why = {
  position: null,
  target: null,
  contrast: null,
  effects: [],
  map: null,
  asked: MEASURE,
  seconds: null,
};

/** Adds one event of the stream to what is known. */
export function addEvent(why: Why, event: WhyEvent): Why {
  switch (event.type) {
    case "queued":
      return { ...why, position: event.position };
    case "estimate":
      return {
        ...why,
        position: null,
        target: event.target,
        contrast: event.contrast,
        effects: event.effects,
        map: event.map ?? null,
      };
    case "measured":
      return { ...why, effects: withMeasured(why.effects, event.effects) };
    case "done":
      return { ...why, seconds: event.seconds };
    case "error":
      throw new ProblemError(toProblem(event.problem, 500));
    default:
      return why;
  }
}

function whyOptions({ run, pos, contrast }: WhyQuestion) {
  return queryOptions({
    queryKey: ["why", run, pos, contrast],
    queryFn: experimental_streamedQuery<WhyEvent, Why>({
      streamFn: ({ signal }) =>
        postEvents<WhyEvent>(
          `/api/runs/${encodeURIComponent(run)}/why`,
          { pos, measure: MEASURE, ...(contrast === null ? {} : { contrast_id: contrast }) },
          signal,
        ),
      reducer: addEvent,
      initialValue: EMPTY,
    }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** One site of an explanation, as far as it is known; null while nothing is asked. */
export function useSite(question: WhyQuestion | null, key: string | null): Effect | null {
  const { data } = useQuery({
    ...whyOptions(question ?? { run: "", pos: 0, contrast: null }),
    enabled: question !== null,
  });
  return data?.effects.find((effect) => siteKey(effect) === key) ?? null;
}

/** Why a token came: the estimate at once, measurements as they arrive. Leaving the question closes it. */
export function useWhy(question: WhyQuestion) {
  return useQuery(whyOptions(question));
}
