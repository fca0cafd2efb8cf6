import { type FocusEvent, type PointerEvent, useEffect, useEffectEvent, useRef } from "react";
import { type Firing, lightsAt, lightsOf, metAt } from "@/features/attribution/model/lights";
import type { Site } from "@/features/attribution/model/rows";
import { type Place, usePointing } from "@/lib/pointing";

/**
 * Pointing both ways between rows and tokens: a row under the pointer or with the focus lights its tokens, a token
 * marks the rows that stand or fire there. Rows carry `data-row`, or `data-at` with positions where they stand for
 * several sites; marks are attributes of single rows, and none renders for it.
 */
export function useRowPointing(run: string, sites: readonly Site[], firing: Firing | undefined) {
  const list = useRef<HTMLDivElement>(null);
  const last = useRef<HTMLElement | null>(null);
  const light = usePointing((state) => state.light);

  useEffect(() => {
    const mark = (at: Place | null): void => {
      const met = at?.run === run ? metAt(at.pos, sites, firing) : null;
      for (const row of list.current?.querySelectorAll<HTMLElement>("[data-row]") ?? []) {
        const how = met?.get(row.dataset.row ?? "");
        if (how) row.dataset.met = how;
        else delete row.dataset.met;
      }
    };
    mark(usePointing.getState().at);
    return usePointing.subscribe(({ at }, before) => {
      if (at !== before.at) mark(at);
    });
  });
  useEffect(() => () => light(null), [light]);

  const lightRow = (row: HTMLElement | null): void => {
    const { row: key, at } = row?.dataset ?? {};
    const lights =
      key === undefined
        ? at === undefined
          ? null
          : lightsAt(at.split(" ").map(Number))
        : lightsOf(key, sites, firing);
    light(lights && { run, ...lights });
  };
  const relight = useEffectEvent(() => {
    if (last.current?.isConnected) lightRow(last.current);
  });
  // Where features fire comes later than the list: the row pointed at by then lights it, too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is what the row is lit by
  useEffect(relight, [firing]);

  const point = (target: EventTarget | null): void => {
    const row = target instanceof Element ? target.closest<HTMLElement>("[data-row], [data-at]") : null;
    if (row === last.current) return;
    last.current = row;
    lightRow(row);
  };
  return {
    ref: list,
    onPointerOver: (event: PointerEvent) => point(event.target),
    onPointerLeave: () => point(null),
    onFocus: (event: FocusEvent) => point(event.target),
    onBlur: () => point(null),
  };
}
