import { create } from "zustand";

/** A token of a run. */
export interface Place {
  run: string;
  pos: number;
}

/** Tokens of a run that something beside the text points to: a feature's row, a cell of the map. */
export interface Lit {
  run: string;
  /** Where it stands, or has an effect. */
  at: readonly number[];
  /** Where its feature fires, by position: how deep it is shaded, 0 to 1. */
  fires: ReadonlyMap<number, number>;
}

/** Rows chosen for a joint act. */
interface Chosen {
  /** The token whose rows they are, as `placeKey` writes it. */
  of: string;
  /** As `id@pos`. */
  keys: readonly string[];
}

const NOTHING: Chosen = { of: "", keys: [] };

interface Pointing {
  /** The token under the pointer or with the focus: where the popover stands. */
  at: Place | null;
  lit: Lit | null;
  chosen: Chosen;
  point: (at: Place | null) => void;
  light: (lit: Lit | null) => void;
  choose: (of: string, keys: readonly string[]) => void;
}

/** What the pointer and the selection are on. Nothing here outlives the page. */
export const usePointing = create<Pointing>((set) => ({
  at: null,
  lit: null,
  chosen: NOTHING,
  point: (at) => set({ at }),
  light: (lit) => set({ lit }),
  choose: (of, keys) => set({ chosen: { of, keys } }),
}));

export function placeKey({ run, pos }: Place): string {
  return `${run} ${pos}`;
}

/** The rows chosen of those of a token; none where the choice was made among another's. */
export function chosenOf({ chosen }: Pick<Pointing, "chosen">, of: string): readonly string[] {
  return chosen.of === of ? chosen.keys : NOTHING.keys;
}
