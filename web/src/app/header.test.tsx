import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { makeConversation, makeSubject } from "@/testing/builders";
import { renderWith } from "@/testing/render";
import { Header } from "./header";

function show(over: Partial<Parameters<typeof Header>[0]> = {}) {
  const user = userEvent.setup();
  const acts = { onList: vi.fn(), onNew: vi.fn(), onSearch: vi.fn(), onHelp: vi.fn() };
  renderWith(<Header subject={makeSubject({ name: "maker/tiny" })} conversation={undefined} {...acts} {...over} />);
  return { user, acts };
}

test("what holds everywhere is one press away", async () => {
  const { user, acts } = show();
  for (const name of ["Conversations", "New conversation", "Search features", "Help and keys"])
    await user.click(screen.getByRole("button", { name }));
  for (const act of Object.values(acts)) expect(act).toHaveBeenCalledOnce();
});

test("what is looked at is passed on as a link", async () => {
  history.replaceState(null, "", "/?c=c1&token=9&steer=mlp.0.1.pos%3Dx%40prompt");
  const { user } = show();
  await user.click(screen.getByRole("button", { name: "Copy a link to what is looked at" }));
  expect(await navigator.clipboard.readText()).toBe(location.href);
});

test("the model says what it is, and the focus comes back from there", async () => {
  const { user } = show();
  const name = screen.getByRole("button", { name: "tiny" });
  await user.click(name);
  expect(screen.getByRole("dialog", { name: "maker/tiny" })).toHaveTextContent("128 tokens");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(name).toHaveFocus());
});

test("a conversation's title is shown as text, here and on the tab", () => {
  show({ conversation: makeConversation([], { title: "<b>bold</b>" }) });
  expect(screen.getByTitle("<b>bold</b>")).toHaveTextContent("<b>bold</b>");
  expect(document.title).toBe("<b>bold</b> · Pellucid");
});

test("without a title it has a name all the same", () => {
  show({ conversation: makeConversation([], { title: "" }), subject: undefined });
  expect(document.title).toBe("Untitled · Pellucid");
  expect(screen.getByText("no model yet")).toBeVisible();
});
