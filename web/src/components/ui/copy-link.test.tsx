import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { CopyLink } from "./copy-link";

function show() {
  const user = userEvent.setup();
  const escaped = vi.fn();
  render(
    // biome-ignore lint/a11y/noStaticElementInteractions: what is around it listens too
    <div onKeyDown={escaped}>
      <CopyLink label="Copy a link" address={() => "https://here/?c=1"} />
      <button type="button">next</button>
    </div>,
  );
  return { user, escaped, button: screen.getByRole("button", { name: "Copy a link" }) };
}

test("the address is copied, and where it opens is said until the focus goes", async () => {
  const { user, button } = show();
  expect(button).toHaveAccessibleDescription(/opens on this server only/);
  await user.click(button);
  expect(await screen.findAllByText("Link copied. It opens on this server only.")).toHaveLength(2);
  expect(await navigator.clipboard.readText()).toBe("https://here/?c=1");
  await user.tab();
  expect(screen.queryByText(/^Link copied/)).toBeNull();
});

test("where the browser refuses, the address stands there to be copied, and Escape leads back", async () => {
  const { user, button, escaped } = show();
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new DOMException("no"));
  await user.click(button);
  const field = await screen.findByRole("textbox", { name: /does not let this page copy/ });
  expect(field).toHaveValue("https://here/?c=1");
  expect(field).toHaveFocus();
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("textbox")).toBeNull();
  expect(button).toHaveFocus();
  expect(escaped).not.toHaveBeenCalled();
});
