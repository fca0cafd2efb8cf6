import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Composer } from "./composer";

function show(over: Partial<Parameters<typeof Composer>[0]> = {}) {
  const onSend = vi.fn(async (_: string) => undefined);
  const onStop = vi.fn();
  render(
    <Composer waiting={null} busy={false} onSend={onSend} onStop={onStop} {...over}>
      {null}
    </Composer>,
  );
  return { onSend, onStop, user: userEvent.setup(), field: screen.getByRole("textbox", { name: "Your question" }) };
}

test("Enter sends, Shift+Enter breaks the line, white space alone is not sent", async () => {
  const { user, field, onSend } = show();
  await user.type(field, "  {Enter}");
  expect(onSend).not.toHaveBeenCalled();
  await user.clear(field);
  await user.type(field, "one{Shift>}{Enter}{/Shift}two{Enter}");
  expect(onSend).toHaveBeenCalledWith("one\ntwo");
  expect(field).toHaveValue("");
});

test("what could not be sent is still there", async () => {
  const { user, field } = show({ onSend: () => Promise.reject(new Error("gone")) });
  await user.type(field, "my question{Enter}");
  await waitFor(() => expect(field).toHaveValue("my question"));
});

test("the stop button stands where send was, and one can go on typing", async () => {
  const { user, field, onStop } = show({ busy: true });
  expect(screen.queryByRole("button", { name: "Send" })).toBeNull();
  await user.type(field, "next");
  await user.click(screen.getByRole("button", { name: "Stop" }));
  expect(onStop).toHaveBeenCalledOnce();
  expect(field).toHaveValue("next");
});

test("while the model loads one can type but not send", async () => {
  const { user, field, onSend } = show({ waiting: "The model is loading" });
  expect(field).toHaveAttribute("placeholder", "The model is loading");
  await user.type(field, "early{Enter}");
  expect(onSend).not.toHaveBeenCalled();
  expect(field).toHaveValue("early");
});

test("what is typed is there again after a reload, a long text too, until it is sent", async () => {
  const long = "all work and no play ".repeat(10_000);
  const first = show();
  await first.user.click(first.field);
  await first.user.paste(long);
  await waitFor(() => expect(sessionStorage.getItem("pellucid.question")).toBe(long));
  cleanup();
  const again = show();
  expect(again.field).toHaveValue(long);
  await again.user.click(screen.getByRole("button", { name: "Send" }));
  await waitFor(() => expect(sessionStorage.getItem("pellucid.question")).toBeNull());
  cleanup();
  expect(show().field).toHaveValue("");
});

test("a page that is left at once keeps the last letters", async () => {
  const { user, field } = show();
  await user.type(field, "in haste");
  act(() => void dispatchEvent(new Event("pagehide")));
  expect(sessionStorage.getItem("pellucid.question")).toBe("in haste");
});
