import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { renderWith } from "@/testing/render";
import { server } from "@/testing/server";
import { QueueNote } from "./queue-note";

const LONG = { timeout: 30_000 };

test("a question that waits says how many come before it, until it is its turn", async () => {
  const lines = [[2, 5], [3], [1]];
  server.use(
    http.get("*/api/health", () =>
      HttpResponse.json({ status: "ok", version: "0", queue: 9, ahead: lines.shift() ?? [] }),
    ),
  );
  const { container } = renderWith(<QueueNote />);
  expect(container).toBeEmptyDOMElement();
  expect(await screen.findByText(/busy: 2 to 5 requests ahead$/, undefined, LONG)).toBeVisible();
  expect(await screen.findByText(/busy: 3 requests ahead$/, undefined, LONG)).toBeVisible();
  expect(await screen.findByText(/busy: 1 request ahead$/, undefined, LONG)).toBeVisible();
  await waitFor(() => expect(container).toBeEmptyDOMElement(), LONG);
}, 120_000);
