import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useSubject } from "@/features/subject/api/get-subject";
import { isLocked, isOffline, problemOf } from "@/lib/problem";

/** What a server that comes back may say otherwise: it can have another model, atlas or journal. */
const REREAD = new Set([
  "conversation",
  "conversations",
  "journal",
  "run",
  "sets",
  "atlas",
  "card",
  "neighbours",
  "exemplar",
  "traced",
  "search",
  "firing-on",
]);

/** The subject and the connection, and why nothing can be sent now; null where it can. */
export function useServer() {
  const subject = useSubject();
  useAskingAgain();
  const problem = subject.error && problemOf(subject.error);
  const offline = problem !== null && isOffline(problem);
  const locked = problem !== null && isLocked(problem);
  const state = subject.data?.state;
  let waiting: string | null = null;
  if (offline) waiting = "The server is out of reach";
  else if (locked) waiting = "The server asks for its token";
  else if (state === "failed") waiting = "The model could not be loaded";
  else if (state !== "ready") waiting = "The model is loading";
  return { subject: subject.data, offline, locked, waiting };
}

/**
 * The subject is the server's sign of life. At each, what was out of reach is asked again; at the first after it was
 * lost, so is everything else that failed and everything kept there.
 */
function useAskingAgain(): void {
  const client = useQueryClient();
  useEffect(() => {
    let lost = false;
    return client.getQueryCache().subscribe((event) => {
      if (event.type !== "updated" || event.query.queryKey[0] !== "subject") return;
      if (event.action.type === "error") lost ||= isAway(event.action.error);
      if (event.action.type !== "success") return;
      const back = lost;
      lost = false;
      void client.invalidateQueries({
        predicate: ({ queryKey, state: { status, error } }) =>
          status === "error" ? back || isAway(error) : back && REREAD.has(String(queryKey[0])),
      });
    });
  }, [client]);
}

/** The server did not answer, or no longer knows this page. */
function isAway(error: unknown): boolean {
  const problem = problemOf(error);
  return isOffline(problem) || isLocked(problem);
}
