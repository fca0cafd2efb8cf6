import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { makeConversation, makeProblem, makeRun, makeSubject } from "@/testing/builders";
import { server } from "@/testing/server";
import { App } from "./app";

const run = makeRun();

test("what another tab changed is seen when one comes back to this one, in the tab's own name too", async () => {
  let title = "Which one?";
  server.use(
    http.get("*/api/conversations/c1", () => HttpResponse.json(makeConversation([run], { title }))),
    http.get("*/api/runs/r1", () => HttpResponse.json(run)),
  );
  history.replaceState(null, "", "/?c=c1&run=r1");
  render(<App />);
  expect(await screen.findByTitle("Which one?")).toBeVisible();
  expect(document.title).toBe("Which one? · Pellucid");
  title = "Two of them";
  act(() => void document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
  expect(await screen.findByTitle("Two of them")).toBeVisible();
  expect(document.title).toBe("Two of them · Pellucid");
  await userEvent.setup().click(screen.getByRole("button", { name: "New conversation" }));
  await waitFor(() => expect(document.title).toBe("Pellucid"));
});

test("who is turned away anywhere is told at once that the server was started anew", async () => {
  let locked = false;
  const asks = makeProblem({ status: 401, code: "unauthorized" });
  server.use(
    http.get("*/api/subject", () =>
      locked ? HttpResponse.json(asks, { status: 401 }) : HttpResponse.json(makeSubject()),
    ),
    http.get("*/api/conversations/c1", () => {
      locked = true;
      return HttpResponse.json(asks, { status: 401 });
    }),
  );
  render(<App />);
  const field = await screen.findByPlaceholderText("Ask a question");
  await userEvent.setup().type(field, "half a question");
  history.pushState(null, "", "/?c=c1");
  act(() => void dispatchEvent(new PopStateEvent("popstate")));
  expect(await screen.findByText("The server was started anew.")).toBeVisible();
  expect(screen.getByRole("textbox", { name: "Your question" })).toHaveValue("half a question");
});
