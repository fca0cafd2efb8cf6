import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import type { ConversationSummary } from "@/api/types";
import { makeConversation, makeProblem } from "@/testing/builders";
import { renderWith } from "@/testing/render";
import { server } from "@/testing/server";
import { ConversationList } from "./conversation-list";

const AT = "2026-01-01T00:00:00Z";
let kept: ConversationSummary[] = [];
let asked: string[] = [];

function serve(): void {
  kept = ["Which one?", "Months", ""].map((title, i) => ({ id: `c${i + 1}`, title, created_at: AT, updated_at: AT }));
  asked = [];
  const note = (request: Request, body = ""): void => {
    const { pathname, search } = new URL(request.url);
    asked.push([request.method, pathname + search, body].filter(Boolean).join(" "));
  };
  server.use(
    http.get("*/api/conversations", ({ request }) => {
      note(request);
      const q = new URL(request.url).searchParams.get("q")?.toLowerCase() ?? "";
      return HttpResponse.json(kept.filter(({ title }) => title.toLowerCase().includes(q)));
    }),
    http.get("*/api/journal", () =>
      HttpResponse.json({ place: "/data/journal.sqlite", n_conversations: kept.length, bytes: 3_400_000 }),
    ),
    http.patch("*/api/conversations/:id", async ({ params, request }) => {
      const { title } = (await request.json()) as { title: string };
      note(request, title);
      if (title === "full") return HttpResponse.json(makeProblem({ what: "the disk is full" }), { status: 507 });
      kept = kept.map((one) => (one.id === params.id ? { ...one, title } : one));
      return HttpResponse.json(makeConversation([], { id: String(params.id), title }));
    }),
    http.post("*/api/conversations/import", async ({ request }) => {
      const body = await request.text();
      note(request, body);
      if (!body.startsWith("{")) {
        const problem = makeProblem({ status: 422, what: "the request's body cannot be read", instead: "send JSON" });
        return HttpResponse.json(problem, { status: 422 });
      }
      kept = [{ id: "c9", title: "From a file", created_at: AT, updated_at: AT }, ...kept];
      return HttpResponse.json(makeConversation([], { id: "c9", title: "From a file" }), { status: 201 });
    }),
    http.post("*/api/conversations/:id/copies", async ({ request }) => {
      const { title } = (await request.json()) as { title: string };
      kept = [{ id: "c8", title, created_at: AT, updated_at: AT }, ...kept];
      return HttpResponse.json(makeConversation([], { id: "c8", title }), { status: 201 });
    }),
    http.get("*/api/conversations/:id/export", () => HttpResponse.text('{"format":"pellucid conversation"}')),
    http.delete("*/api/conversations/:id", ({ params, request }) => {
      note(request);
      kept = kept.filter((one) => one.id !== params.id);
      return new HttpResponse(null, { status: 204 });
    }),
    http.delete("*/api/conversations", ({ request }) => {
      note(request);
      kept = [];
      return new HttpResponse(null, { status: 204 });
    }),
  );
}

async function show(current: string | null = null) {
  serve();
  const onChoose = vi.fn();
  const onOpenChange = vi.fn();
  renderWith(<ConversationList open current={current} onChoose={onChoose} onOpenChange={onOpenChange} />);
  await screen.findByRole("link", { name: /Months/ });
  return { onChoose, onOpenChange, user: userEvent.setup() };
}

const titles = (): string[] => screen.getAllByRole("link").map((link) => link.querySelector("span")?.textContent ?? "");

/** Opens what can be done with the conversation of this title. */
async function more(user: ReturnType<typeof userEvent.setup>, title: string): Promise<void> {
  await user.click(screen.getByRole("button", { name: `What can be done with ${title}` }));
}

test("conversations are searched, and it is said when there is none", async () => {
  const { user } = await show();
  expect(titles()).toEqual(["Which one?", "Months", "Untitled"]);
  const field = screen.getByRole("textbox", { name: "Search conversations" });
  await user.type(field, "mon");
  expect(await screen.findByText("1 conversation found")).toBeVisible();
  expect(titles()).toEqual(["Months"]);
  expect(asked.at(-1)).toBe("GET /api/conversations?q=mon");
  await user.type(field, "&x");
  expect(await screen.findByText("No conversation has this text.")).toBeVisible();
  expect(asked.at(-1)).toBe("GET /api/conversations?q=mon%26x");
});

test("the arrows walk from the search through the list; Enter opens", async () => {
  const { user, onChoose, onOpenChange } = await show();
  await user.click(screen.getByRole("textbox", { name: "Search conversations" }));
  await user.keyboard("{ArrowDown}{ArrowDown}");
  expect(screen.getByRole("link", { name: /Months/ })).toHaveFocus();
  await user.keyboard("{ArrowUp}{ArrowUp}");
  expect(screen.getByRole("textbox", { name: "Search conversations" })).toHaveFocus();
  await user.keyboard("{ArrowDown}{Enter}");
  expect(onChoose).toHaveBeenCalledWith("c1");
  expect(onOpenChange).toHaveBeenCalledWith(false);
});

test("F2 renames in place; Esc does not, and leaves the list open", async () => {
  const { user, onOpenChange } = await show();
  screen.getByRole("link", { name: /Months/ }).focus();
  await user.keyboard("{F2}Days{Escape}");
  expect(titles()).toContain("Months");
  expect(onOpenChange).not.toHaveBeenCalled();
  await more(user, "Months");
  await user.click(screen.getByRole("button", { name: "Rename Months" }));
  await user.keyboard("Days{Enter}");
  expect(await screen.findByRole("link", { name: /Days/ })).toBeVisible();
  expect(asked).toContain("PATCH /api/conversations/c2 Days");
});

test("a title that cannot be kept stays in its field, with the reason", async () => {
  const { user } = await show();
  screen.getByRole("link", { name: /Months/ }).focus();
  await user.keyboard("{F2}full{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("the disk is full");
  expect(screen.getByRole("textbox", { name: "Title of the conversation" })).toHaveValue("full");
});

test("deleting asks once; the one looked at is left", async () => {
  const { user, onChoose, onOpenChange } = await show("c2");
  screen.getByRole("link", { name: /Months/ }).focus();
  await user.keyboard("{Delete}");
  expect(screen.getByRole("button", { name: "Delete for good" })).toHaveFocus();
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("button", { name: "Delete for good" })).toBeNull();
  expect(onOpenChange).not.toHaveBeenCalled();
  await user.click(screen.getByRole("button", { name: "Delete Months" }));
  await user.click(screen.getByRole("button", { name: "Delete for good" }));
  expect(await screen.findByText("Deleted “Months”")).toBeVisible();
  expect(titles()).toEqual(["Which one?", "Untitled"]);
  expect(onChoose).toHaveBeenCalledWith(null);
});

test("a conversation is duplicated under a title that says so", async () => {
  const { user } = await show();
  await more(user, "Months");
  await user.click(screen.getByRole("button", { name: "Duplicate Months" }));
  expect(await screen.findByText("Duplicated as “Months (copy)”")).toBeVisible();
  expect(titles()[0]).toBe("Months (copy)");
});

test("a conversation is exported as a file", async () => {
  const saved: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
  Object.assign(URL, { createObjectURL: () => "blob:1", revokeObjectURL: () => undefined });
  const { user } = await show();
  await more(user, "Months");
  await user.click(screen.getByRole("button", { name: "Export Months" }));
  expect(await screen.findByText("Exported “Months”")).toBeVisible();
  expect(saved).toEqual(["conversation-months.json"]);
});

test("an exported file is imported, picked or dropped; of a wrong one the server's words are shown", async () => {
  const { user } = await show();
  const picker = screen.getByLabelText("Files to import");
  await user.upload(picker, new File(['{"format":"pellucid conversation"}'], "a.json", { type: "application/json" }));
  expect(await screen.findByText("Imported “From a file”")).toBeVisible();
  expect(asked).toContain('POST /api/conversations/import {"format":"pellucid conversation"}');
  const wrong = new File(["no json"], "b.json", { type: "application/json" });
  fireEvent.drop(screen.getByRole("list", { name: "Conversations" }), {
    dataTransfer: { files: [wrong], types: ["Files"] },
  });
  const problem = await screen.findByRole("alert");
  expect(problem).toHaveTextContent("b.json was not imported: the request's body cannot be read");
  expect(problem).toHaveTextContent("send JSON");
});

test("where they are kept is said, and all are deleted in one step, after asking with their number", async () => {
  const { user, onChoose } = await show("c1");
  expect(await screen.findByText("/data/journal.sqlite")).toBeVisible();
  expect(screen.getByText(/3 conversations, 3.4 MB, kept by the server in/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Delete all…" }));
  const asking = screen.getByRole("group", { name: "Delete all" });
  expect(within(asking).getByText("Delete all 3 conversations for good?")).toBeVisible();
  expect(within(asking).getByRole("button", { name: "Keep them" })).toHaveFocus();
  await user.keyboard("{Enter}");
  expect(asked).not.toContain("DELETE /api/conversations");
  await user.click(screen.getByRole("button", { name: "Delete all…" }));
  await user.click(screen.getByRole("button", { name: "Delete 3 conversations" }));
  expect(await screen.findByText("None yet. The first question begins one.")).toBeVisible();
  await waitFor(() => expect(onChoose).toHaveBeenCalledWith(null));
  expect(asked.filter((one) => one === "DELETE /api/conversations")).toHaveLength(1);
});

test("after a new title, or one given up, the keyboard is where it was", async () => {
  const { user } = await show();
  screen.getByRole("link", { name: /Months/ }).focus();
  await user.keyboard("{F2}{Escape}");
  await waitFor(() => expect(screen.getByRole("link", { name: /Months/ })).toHaveFocus());
  await more(user, "Months");
  await user.click(screen.getByRole("button", { name: "Rename Months" }));
  await user.keyboard("Days{Enter}");
  await waitFor(() => expect(screen.getByRole("button", { name: "Rename Days" })).toHaveFocus());
});

test("after a delete given up the keyboard is where it was; the Tab key goes on", async () => {
  const { user } = await show();
  await more(user, "Months");
  await user.click(screen.getByRole("button", { name: "Delete Months" }));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.getByRole("button", { name: "Delete Months" })).toHaveFocus());
  await user.keyboard("{Enter}{Tab}");
  expect(screen.getByRole("link", { name: /Untitled/ })).toHaveFocus();
  await user.click(await screen.findByRole("button", { name: "Delete all…" }));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.getByRole("button", { name: "Delete all…" })).toHaveFocus());
});
