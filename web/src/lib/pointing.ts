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

interface Pointing {
  /** The token under the pointer or with the focus: where the popover stands. */
  at: Place | null;
  lit: Lit | null;
  /** Rows chosen for a joint act, as `id@pos`. */
  chosen: readonly string[];
  point: (at: Place | null) => void;
  light: (lit: Lit | null) => void;
  choose: (chosen: readonly string[]) => void;
}

/** What the pointer and the selection are on. Nothing here outlives the page. */
export const usePointing = create<Pointing>((set) => ({
  at: null,
  lit: null,
  chosen: [],
  point: (at) => set({ at }),
  light: (lit) => set({ lit }),
  choose: (chosen) => set({ chosen }),
}));
