import { create } from "zustand";

/** A token of a run. */
export interface Place {
  run: string;
  pos: number;
}

interface Pointing {
  /** The token under the pointer or with the focus: where the popover stands. */
  at: Place | null;
  /** The token a feature row points to. */
  lit: Place | null;
  /** Rows chosen for a joint act, as `id@pos`. */
  chosen: readonly string[];
  point: (at: Place | null) => void;
  light: (lit: Place | null) => void;
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
