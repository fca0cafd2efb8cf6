import { useSyncExternalStore } from "react";
import { parseSpan } from "@/lib/span";

export type Pane = "chat" | "why" | "steer";

/** What is looked at: everything a link must reopen. Lives in the address and nowhere else. */
export interface View {
  conversation: string | null;
  /** The conversation that this one was copied from, to ask otherwise. */
  origin: string | null;
  run: string | null;
  /** The run shown beside the one looked at, as before to its after. */
  beside: string | null;
  token: number | null;
  contrast: number | null;
  /** Lists what is active at the token, instead of what had an effect on it. */
  by: "activation" | null;
  /** What effects are summed by; null where they stand one by one. */
  sums: "layer" | "position" | null;
  /** The side of the explanation shown; null where both are. */
  side: "promoted" | "hindered" | null;
  /** The part of the explanation shown, as `features/attribution/model/part` writes it. */
  within: string | null;
  /** `mlp.12.3047.pos@14`: the row that is open. */
  feature: string | null;
  /** `3:9`: the tokens chosen as the place of a change. */
  span: string | null;
  /** What is active is listed for the token alone, whatever tokens are chosen. */
  alone: true | null;
  /** `mlp.12.3047.pos`, or with `@14` where it was opened from a row: the card that stands over the list. */
  card: string | null;
  /** What is searched for among the features; empty where the search is open, null where it is not. */
  find: string | null;
  /** Among which features is searched, and by what, as `features/search/model/filters` writes it. */
  filters: string | null;
  /** The changes for the next answer, as `features/steering/model/draft` writes them. */
  steer: string;
  pane: Pane;
}

const KEYS: Record<keyof View, string> = {
  conversation: "c",
  origin: "from",
  run: "run",
  beside: "beside",
  token: "token",
  contrast: "vs",
  by: "by",
  sums: "sums",
  side: "side",
  within: "in",
  feature: "feature",
  span: "span",
  alone: "alone",
  card: "card",
  find: "q",
  filters: "among",
  steer: "steer",
  pane: "pane",
};

const CHANGED = "pellucid:view";

/** What is looked at where nothing of a conversation is. */
export const NOTHING = {
  origin: null,
  run: null,
  beside: null,
  token: null,
  contrast: null,
  side: null,
  within: null,
  feature: null,
  span: null,
  alone: null,
} as const satisfies Partial<View>;

/** A conversation just opened: nothing of it is looked at, nothing is changed. */
export const FRESH = {
  ...NOTHING,
  card: null,
  find: null,
  filters: null,
  steer: "",
  pane: "chat",
} as const satisfies Partial<View>;

function whole(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

export function parseView(search: string): View {
  const query = new URLSearchParams(search);
  const span = query.get(KEYS.span);
  const pane = query.get(KEYS.pane);
  const sums = query.get(KEYS.sums);
  const side = query.get(KEYS.side);
  return {
    conversation: query.get(KEYS.conversation),
    origin: query.get(KEYS.origin),
    run: query.get(KEYS.run),
    beside: query.get(KEYS.beside),
    token: whole(query.get(KEYS.token)),
    contrast: whole(query.get(KEYS.contrast)),
    by: query.get(KEYS.by) === "activation" ? "activation" : null,
    sums: sums === "layer" || sums === "position" ? sums : null,
    side: side === "promoted" || side === "hindered" ? side : null,
    within: query.get(KEYS.within),
    feature: query.get(KEYS.feature),
    span: parseSpan(span) ? span : null,
    alone: query.get(KEYS.alone) === "true" ? true : null,
    card: query.get(KEYS.card),
    find: query.get(KEYS.find),
    filters: query.get(KEYS.filters),
    steer: query.get(KEYS.steer) ?? "",
    pane: pane === "why" || pane === "steer" ? pane : "chat",
  };
}

export function formatView(view: View): string {
  const query = new URLSearchParams();
  for (const [field, key] of Object.entries(KEYS)) {
    const value = Reflect.get(view, field);
    const told = field === "find" ? value !== null : value !== null && value !== "" && value !== "chat";
    if (told) query.set(key, String(value));
  }
  const text = query.toString();
  return text ? `?${text}` : "";
}

/** Changes part of the view; a new place is a new step of the browser's history, `replace` keeps the step. */
export function go(patch: Partial<View>, how: "push" | "replace" = "push"): void {
  const next = formatView({ ...parseView(location.search), ...patch });
  if (next === location.search) return;
  const address = location.pathname + next;
  if (how === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  dispatchEvent(new Event(CHANGED));
}

/** The address a link to another view has, for anything that can be opened in a new tab. */
export function hrefOf(patch: Partial<View>): string {
  return location.pathname + formatView({ ...parseView(location.search), ...patch });
}

function subscribe(changed: () => void): () => void {
  addEventListener("popstate", changed);
  addEventListener(CHANGED, changed);
  return () => {
    removeEventListener("popstate", changed);
    removeEventListener(CHANGED, changed);
  };
}

export function useView(): View {
  const search = useSyncExternalStore(subscribe, () => location.search);
  return parseView(search);
}
