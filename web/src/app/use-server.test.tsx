import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { send } from "@/lib/http";
import { makeProblem, makeSubject } from "@/testing/builders";
import { server } from "@/testing/server";
import { useServer } from "./use-server";

/** A question that is asked once, as those about a run are. */
function Question() {
  const { data, error } = useQuery({
    queryKey: ["damage", "r1"],
    queryFn: async () => (await send("GET", "/api/question")).text(),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return <p>{error ? `failed: ${error.message}` : data}</p>;
}

function Server() {
  const { waiting } = useServer();
  return (
    <>
      <p>{waiting ?? "ready"}</p>
      <Question />
    </>
  );
}

function show(): QueryClient {
  const client = new QueryClient();
  render(
    <QueryClientProvider client={client}>
      <Server />
    </QueryClientProvider>,
  );
  return client;
}

const look = (client: QueryClient): Promise<void> => client.refetchQueries({ queryKey: ["subject"] });

test("when the server is back, what failed is asked again, and what it keeps is looked at again", async () => {
  let down = true;
  server.use(
    http.get("*/api/subject", () => (down ? HttpResponse.error() : HttpResponse.json(makeSubject()))),
    http.get("*/api/question", () => (down ? HttpResponse.error() : HttpResponse.text("answered"))),
  );
  const client = show();
  const kept = ["sets", "journal", "search", "firing-on", "conversation", "card"];
  for (const name of kept) client.setQueryData([name], 1);
  client.setQueryData(["verify", "r1"], 1);
  expect(await screen.findByText("failed: The server is out of reach")).toBeVisible();
  expect(await screen.findByText("The server is out of reach")).toBeVisible();
  down = false;
  await look(client);
  expect(await screen.findByText("answered")).toBeVisible();
  expect(screen.getByText("ready")).toBeVisible();
  for (const name of kept) expect(client.getQueryState([name])?.isInvalidated, name).toBe(true);
  expect(client.getQueryState(["verify", "r1"])?.isInvalidated).toBe(false);
});

test("what was out of reach is asked again though the page never saw the server gone; a refusal is not", async () => {
  let broken = true;
  let asked = 0;
  server.use(
    http.get("*/api/question", () => {
      if (broken) return HttpResponse.error();
      asked += 1;
      return HttpResponse.json(makeProblem({ what: "too long" }), { status: 413 });
    }),
  );
  const client = show();
  expect(await screen.findByText("ready")).toBeVisible();
  expect(await screen.findByText("failed: The server is out of reach")).toBeVisible();
  broken = false;
  await look(client);
  expect(await screen.findByText("failed: too long")).toBeVisible();
  await look(client);
  await look(client);
  await waitFor(() => expect(client.isFetching()).toBe(0));
  expect(asked).toBe(1);
});

test("a server that asks for its token is told from one that is out of reach, until the page is let in", async () => {
  let locked = true;
  const asks = makeProblem({ status: 401, code: "unauthorized", what: "this server asks for its token" });
  server.use(
    http.get("*/api/subject", () =>
      locked ? HttpResponse.json(asks, { status: 401 }) : HttpResponse.json(makeSubject()),
    ),
    http.get("*/api/question", () =>
      locked ? HttpResponse.json(asks, { status: 401 }) : HttpResponse.text("answered"),
    ),
  );
  const client = show();
  expect(await screen.findByText("The server asks for its token")).toBeVisible();
  expect(await screen.findByText("failed: this server asks for its token")).toBeVisible();
  locked = false;
  await look(client);
  expect(await screen.findByText("answered")).toBeVisible();
  expect(screen.getByText("ready")).toBeVisible();
});
