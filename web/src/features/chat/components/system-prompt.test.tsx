import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { ProblemError } from "@/lib/problem";
import { makeProblem } from "@/testing/builders";
import { SystemPrompt } from "./system-prompt";

test("what was written is kept when it is closed, and only where it changed", async () => {
  const onSave = vi.fn(async (_: string) => undefined);
  const user = userEvent.setup();
  render(<SystemPrompt value="Be brief." onSave={onSave} />);
  await user.click(screen.getByRole("button", { name: "system prompt set" }));
  await user.keyboard("{Escape}");
  expect(onSave).not.toHaveBeenCalled();
  await user.click(screen.getByRole("button", { name: "system prompt set" }));
  await user.type(screen.getByRole("textbox", { name: "System prompt" }), " Rhyme.{Escape}");
  expect(onSave).toHaveBeenCalledExactlyOnceWith("Be brief. Rhyme.");
});

test("what could not be kept opens again with the reason, and can be left as it was", async () => {
  const onSave = vi.fn(() => Promise.reject(new ProblemError(makeProblem({ what: "the disk is full" }))));
  const user = userEvent.setup();
  render(<SystemPrompt value="" onSave={onSave} />);
  await user.click(screen.getByRole("button", { name: "system prompt" }));
  await user.type(screen.getByRole("textbox", { name: "System prompt" }), "Rhyme.");
  await user.click(screen.getByRole("button", { name: "Done" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("the disk is full");
  expect(screen.getByRole("textbox", { name: "System prompt" })).toHaveValue("Rhyme.");
  await user.click(screen.getByRole("button", { name: "Leave it as it was" }));
  await waitFor(() => expect(screen.queryByRole("textbox")).toBeNull());
  await user.click(screen.getByRole("button", { name: "system prompt" }));
  expect(screen.getByRole("textbox", { name: "System prompt" })).toHaveValue("");
});
