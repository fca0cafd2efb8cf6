import { render } from "@testing-library/react";
import { DivergingBar } from "./diverging-bar";
import { IntervalMark } from "./interval-mark";

const bar = (element: React.ReactElement): HTMLElement => {
  const found = render(element).container.querySelector<HTMLElement>("[data-measured] > .bar-grow");
  if (!found) throw new Error("no bar");
  return found;
};

test("a bar begins at zero: to the right what promoted, to the left what held back", () => {
  expect(bar(<DivergingBar value={1} scale={2} measured />)).toHaveStyle({ left: "50%", width: "25%" });
  expect(bar(<DivergingBar value={-1} scale={2} measured />)).toHaveStyle({ left: "25%", width: "25%" });
});

test("hollow is an estimate, filled a measurement", () => {
  expect(bar(<DivergingBar value={1} scale={2} measured={false} />).className).not.toMatch(/\bbg-/);
  expect(bar(<DivergingBar value={1} scale={2} measured />).className).toMatch(/\bbg-promote/);
});

test("a bar never leaves its column", () => {
  expect(bar(<DivergingBar value={-9} scale={2} measured />)).toHaveStyle({ left: "0%", width: "50%" });
});

test("the interval is drawn on the value's own scale", () => {
  const { container } = render(<IntervalMark value={1} low={-0.5} high={0.5} mean={0} />);
  const [, , band, mean, dot] = [...container.querySelectorAll<HTMLElement>("span > span")];
  expect(Number.parseFloat(band?.style.left ?? "")).toBeCloseTo(50 - 25 / 1.12 / 1, 0);
  expect(mean?.style.left).toBe("50%");
  expect(Number.parseFloat(dot?.style.left ?? "")).toBeGreaterThan(90);
});
