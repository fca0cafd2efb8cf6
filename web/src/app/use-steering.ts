import { useMemo } from "react";
import {
  type Change,
  changeOf,
  formatChanges,
  parseChanges,
  toInterventions,
  withChange,
  withoutChange,
} from "@/features/steering/model/draft";
import { go, useView } from "@/lib/view-state";

/** The changes for the next answer: kept in the address, so that a link brings them along. */
export function useSteering() {
  const { steer } = useView();
  const changes = useMemo(() => parseChanges(steer), [steer]);
  const interventions = useMemo(() => toInterventions(changes), [changes]);
  const set = (next: readonly Change[]): void => go({ steer: formatChanges(next) }, "replace");
  return {
    changes,
    interventions,
    set,
    add: (change: Change) => set(withChange(changes, change)),
    remove: (features: readonly string[]) => set(withoutChange(changes, features)),
    of: (features: readonly string[]) => changeOf(changes, features),
  };
}
