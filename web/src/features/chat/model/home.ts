import type { Token } from "@/api/types";
import type { Segment } from "@/features/chat/model/segments";
import type { Place } from "@/lib/pointing";

/** A turn that is drawn as tokens, and the run it is drawn of. */
export interface Drawn {
  run: string;
  segment: Segment;
}

/**
 * The token that the Tab key reaches: the first place wanted that is drawn, else the first of what was written, so that
 * the tokens never drop out of the order of the page. Null where none is drawn at all.
 */
export function homeOf(wanted: readonly (Place | null)[], drawn: readonly Drawn[], markers: boolean): Place | null {
  const isDrawn = (token: Token): boolean => markers || !token.marker;
  const place = wanted.find((one) =>
    drawn.some(
      ({ run, segment }) => run === one?.run && segment.tokens.some((token) => token.pos === one.pos && isDrawn(token)),
    ),
  );
  if (place) return place;
  const places = drawn.flatMap(({ run, segment }) =>
    segment.tokens.filter(isDrawn).map(({ pos, marker }) => ({ run, pos, marker })),
  );
  const first = places.find(({ marker }) => !marker) ?? places[0];
  return first ? { run: first.run, pos: first.pos } : null;
}
