import { plural } from "@/lib/format";
import { useQueue } from "@/lib/use-queue";

/** Said of a question without an answer yet, where the model is busy: how many come before it. */
export function QueueNote() {
  const ahead = useQueue();
  const [first, last] = [ahead[0] ?? 0, ahead.at(-1) ?? 0];
  if (last === 0) return null;
  // Where several of this page's questions wait, it is not known which of them this one is.
  const requests = first === last ? plural(last, "request") : `${first} to ${plural(last, "request")}`;
  return <span className="text-muted"> · The model is busy: {requests} ahead</span>;
}
