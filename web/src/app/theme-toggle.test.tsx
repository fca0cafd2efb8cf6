import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { ThemeToggle } from "./theme-toggle";

const theme = (): string | undefined => document.documentElement.dataset.theme;

test("it turns to the other theme and remembers; back at the system's own, the system leads again", async () => {
  render(<ThemeToggle />);
  const user = userEvent.setup();
  expect(theme()).toBeUndefined();
  await user.click(screen.getByRole("button", { name: "Turn to the dark theme" }));
  expect(theme()).toBe("dark");
  expect(localStorage.getItem("pellucid.theme")).toBe("dark");
  await user.click(screen.getByRole("button", { name: "Turn to the light theme" }));
  expect(theme()).toBeUndefined();
  expect(localStorage.getItem("pellucid.theme")).toBeNull();
});
