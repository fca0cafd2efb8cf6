import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useSubject } from "@/features/subject/api/get-subject";
import { problemOf } from "@/lib/problem";

/** What a server that comes back may say otherwise: it can have another model, atlas or journal. */
const REREAD = ["conversation", "conversations", "run", "atlas", "card", "neighbours", "exemplar", "traced"];

/** The subject and the connection; when a lost server is back, everything kept there is looked at again. */
export function useServer() {
  const subject = useSubject();
  const client = useQueryClient();
  const lost = useRef(false);
  const offline = subject.error !== null && problemOf(subject.error).status === 0;
  useEffect(() => {
    if (lost.current && !offline)
      client.invalidateQueries({
        predicate: ({ queryKey }) => REREAD.includes(String(queryKey[0])),
      });
    lost.current = offline;
  }, [offline, client]);
  const state = subject.data?.state;
  let waiting: string | null = null;
  if (offline) waiting = "The server is out of reach";
  else if (state === "failed") waiting = "The model could not be loaded";
  else if (state !== "ready") waiting = "The model is loading";
  return { subject: subject.data, offline, waiting };
}
