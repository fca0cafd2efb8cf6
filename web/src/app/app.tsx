import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { Page } from "@/app/page";
import { ProblemError } from "@/lib/problem";

/** Refusals are answers and are not asked again; only a lost connection is. */
function makeClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: "always",
        retry: (times, error) => error instanceof ProblemError && error.offline && times < 3,
        refetchOnWindowFocus: false,
      },
      mutations: { networkMode: "always" },
    },
  });
}

export function App() {
  const [client] = useState(makeClient);
  return (
    <QueryClientProvider client={client}>
      <Page />
    </QueryClientProvider>
  );
}
