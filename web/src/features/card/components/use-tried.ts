import { create } from "zustand";
import type { Text } from "@/features/card/api/trace-text";

interface Tried {
  draft: Text;
  /** What was asked last. */
  asked: Text | null;
  write: (draft: Text) => void;
  ask: (asked: Text) => void;
}

/** The text tried on features: it stays from card to card, and through every change of layout. */
export const useTried = create<Tried>((set) => ({
  draft: { text: "", asMessage: false },
  asked: null,
  write: (draft) => set({ draft }),
  ask: (asked) => set({ asked }),
}));
