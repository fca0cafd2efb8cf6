import { act, fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Explained } from "./explained";

function show() {
  const around = vi.fn();
  render(
    // biome-ignore lint/a11y/noStaticElementInteractions: what is around it listens too
    <div onKeyDown={around}>
      <Explained meaning="The unit of <i>natural</i> logarithms.">nats</Explained>
    </div>,
  );
  return { around, user: userEvent.setup(), word: screen.getByRole("button", { name: "nats" }) };
}

test("a word says what it means to the pointer and to the keyboard", async () => {
  const { user, word } = show();
  expect(screen.queryByRole("tooltip")).toBeNull();
  await user.hover(word);
  expect(screen.getByRole("tooltip")).toHaveTextContent("The unit of <i>natural</i> logarithms.");
  await user.unhover(word);
  expect(screen.queryByRole("tooltip")).toBeNull();
  await user.tab();
  expect(word).toHaveAccessibleDescription("The unit of <i>natural</i> logarithms.");
  await user.tab();
  expect(screen.queryByRole("tooltip")).toBeNull();
});

test("Escape closes it and nothing around it", async () => {
  const { around, word } = show();
  act(() => word.focus());
  expect(screen.getByRole("tooltip")).toBeVisible();
  fireEvent.keyDown(word, { key: "Escape" });
  expect(screen.queryByRole("tooltip")).toBeNull();
  expect(around).not.toHaveBeenCalled();
  fireEvent.keyDown(word, { key: "Escape" });
  expect(around).toHaveBeenCalledOnce();
});
