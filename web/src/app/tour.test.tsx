import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { renderWith } from "@/testing/render";
import { Page } from "./page";

// jsdom lays nothing out.
Element.prototype.checkVisibility = () => true;

const tour = () => screen.queryByRole("dialog", { name: /^(Ask|Point|See|Change|Find)/ });

function first(address = "/") {
  localStorage.removeItem("pellucid.tour");
  history.replaceState(null, "", address);
  renderWith(<Page />);
  return userEvent.setup();
}

test("on a first visit the page is shown around, step by step and back, and never again by itself", async () => {
  const user = first();
  expect(tour()).toHaveAccessibleName("Ask");
  expect(screen.getByRole("form", { name: "Ask" })).toHaveAttribute("data-toured");
  expect(screen.getByRole("button", { name: "Next" })).toHaveFocus();
  await user.keyboard("{Enter}");
  expect(tour()).toHaveAccessibleName("Point at a word");
  expect(screen.getByRole("form", { name: "Ask" })).not.toHaveAttribute("data-toured");
  await user.click(screen.getByRole("button", { name: "Back" }));
  expect(tour()).toHaveAccessibleName("Ask");
  expect(screen.getByRole("button", { name: "Next" })).toHaveFocus();
  await user.keyboard("{Enter}{Enter}{Enter}{Enter}");
  expect(tour()).toHaveAccessibleName("Find the rest");
  await user.click(screen.getByRole("button", { name: "Done" }));
  expect(tour()).toBeNull();
  expect(localStorage.getItem("pellucid.tour")).toBe("done");
});

test("Esc ends it, and the help begins it again", async () => {
  const user = first();
  await user.keyboard("{Escape}");
  expect(tour()).toBeNull();
  await user.click(screen.getByRole("button", { name: "Help and keys" }));
  await user.click(screen.getByRole("button", { name: "Take the tour again" }));
  expect(tour()).toHaveAccessibleName("Ask");
  expect(screen.queryByRole("dialog", { name: "Keys and words" })).toBeNull();
});

test("a link to something is opened without it", () => {
  first("/?card=mlp.12.pos&pane=why");
  expect(tour()).toBeNull();
});
