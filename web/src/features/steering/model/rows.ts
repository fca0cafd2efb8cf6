import { aimOf, type Change } from "@/features/steering/model/draft";

/** Changes with a key each that stays theirs while they are edited, moved and taken back. */
export interface Rows {
  changes: readonly Change[];
  keys: readonly string[];
  /** Keys given so far. */
  given: number;
}

export const NO_ROWS: Rows = { changes: [], keys: [], given: 0 };

/**
 * Gives the keys of the rows before to a new list: first to changes that are as they were, then to those that change
 * the same thing, then, where as many came as went, in order.
 */
export function keyed(rows: Rows, changes: readonly Change[]): Rows {
  const left = new Map(rows.keys.map((key, i) => [key, rows.changes[i]]));
  const keys: (string | null)[] = changes.map(() => null);
  const give = (same: (was: Change, is: Change) => boolean): void => {
    changes.forEach((change, i) => {
      if (keys[i] !== null) return;
      const found = [...left].find(([, was]) => was && same(was, change))?.[0];
      if (found === undefined) return;
      keys[i] = found;
      left.delete(found);
    });
  };
  give((was, is) => JSON.stringify(was) === JSON.stringify(is));
  give((was, is) => aimOf(was) === aimOf(is));
  if (left.size === keys.filter((key) => key === null).length) give(() => true);
  let given = rows.given;
  const all = keys.map((key) => key ?? `row ${given++}`);
  return { changes, keys: all, given };
}
