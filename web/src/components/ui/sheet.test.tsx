import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useRef, useState } from "react";
import { Sheet } from "./sheet";

function Page({ modal = true }: { modal?: boolean }) {
  const [open, setOpen] = useState(false);
  const other = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        open
      </button>
      <button type="button" ref={other}>
        other
      </button>
      <Sheet open={open} onOpenChange={setOpen} title="Words" side="middle" modal={modal}>
        <p>inside</p>
        <button
          type="button"
          onClick={() => {
            setOpen(false);
            requestAnimationFrame(() => other.current?.focus());
          }}
        >
          elsewhere
        </button>
        <input data-own-escape="" aria-label="field" />
      </Sheet>
    </>
  );
}

test("a modal sheet gives the focus back to what opened it, by its button and by Escape", async () => {
  render(<Page />);
  const user = userEvent.setup();
  const opener = screen.getByRole("button", { name: "open" });
  await user.click(opener);
  expect(screen.getByRole("dialog", { name: "Words" })).toContainElement(document.activeElement as HTMLElement);
  await user.click(screen.getByRole("button", { name: "Close Words" }));
  await waitFor(() => expect(opener).toHaveFocus());
  await user.keyboard("{Enter}");
  expect(screen.getByText("inside")).toBeVisible();
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("dialog")).toBeNull();
  await waitFor(() => expect(opener).toHaveFocus());
});

test("what closes it may send the focus elsewhere", async () => {
  render(<Page />);
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "open" }));
  await user.click(screen.getByRole("button", { name: "elsewhere" }));
  await waitFor(() => expect(screen.getByRole("button", { name: "other" })).toHaveFocus());
});

test("Escape in a field that has its own use for it leaves the sheet open", async () => {
  render(<Page />);
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "open" }));
  await user.click(screen.getByRole("textbox", { name: "field" }));
  await user.keyboard("{Escape}");
  expect(screen.getByRole("dialog")).toBeVisible();
});

test("one that is not modal leaves the focus and the page behind as they are", async () => {
  render(<Page modal={false} />);
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "open" }));
  expect(screen.getByRole("button", { name: "open" })).toHaveFocus();
  await user.click(screen.getByRole("button", { name: "other" }));
  expect(screen.getByRole("dialog")).toBeVisible();
});
