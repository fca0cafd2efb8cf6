import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { makeRun } from "@/testing/builders";
import { SpanNote } from "./span-note";

const announced = (container: HTMLElement) => container.querySelector("[aria-live]")?.textContent;

test("the tokens chosen are announced in words, markers counted and not read out", () => {
  const { container, rerender } = render(<SpanNote run={makeRun()} span={null} />);
  expect(announced(container)).toBe("");
  rerender(<SpanNote run={makeRun()} span="4:9" />);
  expect(announced(container)).toContain("5 tokens chosen 4:9, 2 template markers among them:  one?The");
  rerender(<SpanNote run={makeRun()} span="40:41" />);
  expect(announced(container)).toContain("1 token chosen 40:41: past the end of this answer");
});

test("they are let go of by a button", async () => {
  history.replaceState(null, "", "/?c=c1&span=4:9");
  render(<SpanNote run={makeRun()} span="4:9" />);
  await userEvent.setup().click(screen.getByRole("button", { name: "Clear the chosen tokens" }));
  expect(location.search).toBe("?c=c1");
});
