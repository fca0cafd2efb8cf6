import { type Change, keyOf, parseChanges } from "@/features/steering/model/draft";
import { plural } from "@/lib/format";
import { titleOf } from "@/lib/interventions";

/** A step that can be taken back, or again. */
export interface Step {
  /** What it did, in words. */
  what: string;
  take: () => void;
}

/** The lists of changes that came one after another, as `formatChanges` writes them. */
export interface History {
  /** The conversation they were made in; null before its first question. */
  conversation: string | null;
  past: readonly string[];
  present: string;
  /** What was undone, the last first. */
  future: readonly string[];
  /** The field that is being typed into: all that is typed there is one step. */
  typing: string | null;
}

/** Steps that can be undone. */
const MOST = 100;

export function begun(conversation: string | null, present: string): History {
  return { conversation, past: [], present, future: [], typing: null };
}

/**
 * The history up to the list that the address holds now, which may have come without a step: by a link, or the browser's
 * way back. Another conversation has a history of its own. A first question gives its conversation a name, and leaves
 * the changes it is asked with as they are: a conversation with others, or with none, is one that was opened.
 */
export function upTo(history: History, conversation: string | null, present: string): History {
  const named = history.conversation === null && present === history.present && present !== "";
  if (history.conversation !== conversation && !named) return begun(conversation, present);
  return { ...stepped(history, present, null), conversation };
}

/** A new list takes the place of the present one. */
export function stepped(history: History, next: string, typing: string | null): History {
  const { past, present } = history;
  if (next === present) return history;
  const goesOn = typing !== null && typing === history.typing;
  return { ...history, past: goesOn ? past : [...past, present].slice(-MOST), present: next, future: [], typing };
}

/** One step back; null where there is none. */
export function undone(history: History): History | null {
  const { past, present, future } = history;
  const before = past.at(-1);
  if (before === undefined) return null;
  return { ...history, past: past.slice(0, -1), present: before, future: [present, ...future], typing: null };
}

/** One step forward again; null where nothing was undone. */
export function redone(history: History): History | null {
  const { past, present, future } = history;
  const [after, ...rest] = future;
  if (after === undefined) return null;
  return { ...history, past: [...past, present], present: after, future: rest, typing: null };
}

/** Reads a history kept as JSON; null for anything else. */
export function parseHistory(text: string | null): History | null {
  let read: unknown = null;
  try {
    read = JSON.parse(text ?? "null");
  } catch {
    return null;
  }
  if (typeof read !== "object" || read === null) return null;
  const get = (key: keyof History): unknown => Reflect.get(read, key);
  const [conversation, past, present, future] = [get("conversation"), get("past"), get("present"), get("future")];
  if (!areTexts(past) || !areTexts(future) || typeof present !== "string") return null;
  const typing = get("typing");
  return {
    conversation: typeof conversation === "string" ? conversation : null,
    past,
    present,
    future,
    typing: typeof typing === "string" ? typing : null,
  };
}

function areTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

/** What a step did, in words: `mlp.12.3047.pos removed`. */
export function stepInWords(before: string, after: string): string {
  const [was, is] = [parseChanges(before), parseChanges(after)];
  const added = is.filter((change) => !was.some((one) => keyOf(one) === keyOf(change)));
  const removed = was.filter((change) => !is.some((one) => keyOf(one) === keyOf(change)));
  if (added.length === 0 && removed.length > 0) return `${named(removed)} removed`;
  if (removed.length === 0 && added.length > 0) return `${named(added)} added`;
  if (added.length > 1 || removed.length > 1) return "other changes";
  const [change] = added;
  if (change) return `${titleOf(change.features, change.name)} edited`;
  return edited(was, is);
}

/** What differs between two lists of the same changes. */
function edited(was: readonly Change[], is: readonly Change[]): string {
  if (was.some((change, i) => is[i] && keyOf(change) !== keyOf(is[i]))) return "order changed";
  const pairs = was.flatMap((change, i) => {
    const now = is[i];
    return now && JSON.stringify(now) !== JSON.stringify(change) ? [[change, now] as const] : [];
  });
  const [[before, after] = []] = pairs;
  if (!before || !after || pairs.length > 1) return `${plural(pairs.length, "change")} edited`;
  const title = titleOf(after.features, after.name);
  return before.on === after.on ? `${title} edited` : `${title} switched ${after.on ? "on" : "off"}`;
}

function named(changes: readonly Change[]): string {
  const [first] = changes;
  return first && changes.length === 1 ? titleOf(first.features, first.name) : plural(changes.length, "change");
}
