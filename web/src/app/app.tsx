import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { Page } from "@/app/page";
import { Boundary } from "@/components/ui/boundary";
import { isLocked, ProblemError, problemOf } from "@/lib/problem";

/** What other tabs change too: it is looked at again when the reader comes back to this one. */
const SHARED = ["conversation", "conversations", "journal", "sets"];

/** Refusals are answers and are not asked again; only a lost connection is. */
function makeClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      // Whoever is turned away looks at once whether the whole page is.
      onError: (error, { queryKey: [name] }) => {
        if (name !== "subject" && isLocked(problemOf(error))) void client.invalidateQueries({ queryKey: ["subject"] });
      },
    }),
    defaultOptions: {
      queries: {
        networkMode: "always",
        retry: (times, error) => error instanceof ProblemError && error.offline && times < 3,
        refetchOnWindowFocus: false,
      },
      mutations: { networkMode: "always" },
    },
  });
  for (const name of SHARED) client.setQueryDefaults([name], { refetchOnWindowFocus: true });
  return client;
}

export function App() {
  const [client] = useState(makeClient);
  return (
    <QueryClientProvider client={client}>
      <Boundary name="The page">
        <Page />
      </Boundary>
    </QueryClientProvider>
  );
}
