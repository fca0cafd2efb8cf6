import { render, screen } from "@testing-library/react";
import { ProgressLine } from "./progress-line";

test("with a total it is a length and a number", () => {
  render(<ProgressLine label="Loading" done={40} total={160} />);
  const bar = screen.getByRole("progressbar", { name: "Loading" });
  expect(bar).toHaveAttribute("aria-valuenow", "40");
  expect(bar).toHaveAttribute("aria-valuemax", "160");
  expect(bar.firstElementChild).toHaveStyle({ width: "25%" });
});

test.each([
  [null, null],
  [3, null],
  [3, 0],
])("with %s of %s it is hatched and tells no number", (done, total) => {
  render(<ProgressLine label="Loading" done={done} total={total} />);
  const bar = screen.getByRole("progressbar", { name: "Loading" });
  expect(bar).not.toHaveAttribute("aria-valuenow");
  expect(bar.firstElementChild).toHaveClass("hatched");
});

test("more than all is all", () => {
  render(<ProgressLine label="Loading" done={9} total={3} />);
  expect(screen.getByRole("progressbar").firstElementChild).toHaveStyle({ width: "100%" });
});
