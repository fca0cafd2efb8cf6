import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { makeRun } from "@/testing/builders";
import { SpanNote } from "./span-note";

test("the tokens chosen are told in words, markers counted and not read out", () => {
  const { container, rerender } = render(<SpanNote run={makeRun()} span="4:9" />);
  const told = () => container.querySelector("p")?.textContent;
  expect(told()).toContain("5 tokens chosen 4:9, 2 template markers among them:  one?The");
  rerender(<SpanNote run={makeRun()} span="40:41" />);
  expect(told()).toContain("1 token chosen 40:41: past the end of this answer");
});

test("how many they are is announced, and what that means is not", async () => {
  const { container, rerender } = render(<SpanNote run={makeRun()} span={null} />);
  const live = container.querySelector("[aria-live]");
  expect(live).toHaveTextContent("");
  rerender(<SpanNote run={makeRun()} span="4:9" />);
  await userEvent.setup().tab();
  expect(screen.getByRole("tooltip")).toBeVisible();
  expect(container.querySelectorAll("[aria-live]")).toHaveLength(1);
  expect(live?.textContent).toBe("5 tokens chosen");
});

test("they are let go of by a button", async () => {
  history.replaceState(null, "", "/?c=c1&span=4:9");
  render(<SpanNote run={makeRun()} span="4:9" />);
  await userEvent.setup().click(screen.getByRole("button", { name: "Clear the chosen tokens" }));
  expect(location.search).toBe("?c=c1");
});
