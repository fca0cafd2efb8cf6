import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Splitter, useSplit } from "./splitter";

function Columns() {
  const [percent, setPercent] = useSplit();
  return <Splitter percent={percent} onChange={setPercent} />;
}

const line = (): HTMLElement => screen.getByRole("separator", { name: "Width of the conversation, percent" });
const width = (): string | null => line().getAttribute("aria-valuenow");

test("the arrows move the line, unless another key held with them makes them the browser's", () => {
  const onChange = vi.fn();
  render(<Splitter percent={50} onChange={onChange} />);
  expect(fireEvent.keyDown(line(), { key: "ArrowLeft", altKey: true })).toBe(true);
  expect(onChange).not.toHaveBeenCalled();
  expect(fireEvent.keyDown(line(), { key: "ArrowLeft" })).toBe(false);
  expect(onChange).toHaveBeenCalledExactlyOnceWith(48);
});

test("by keys it moves between its ends, and it stays where it was left", async () => {
  render(<Columns />);
  const user = userEvent.setup();
  expect(width()).toBe("54");
  await user.tab();
  expect(line()).toHaveFocus();
  await user.keyboard("{ArrowRight}{ArrowRight}{ArrowLeft}");
  expect(width()).toBe("56");
  await user.keyboard("{Home}{ArrowLeft}");
  expect(width()).toBe(line().getAttribute("aria-valuemin"));
  await user.keyboard("{End}{ArrowRight}");
  expect(width()).toBe(line().getAttribute("aria-valuemax"));
  cleanup();
  render(<Columns />);
  expect(width()).toBe("75");
  fireEvent.doubleClick(line());
  expect(width()).toBe("54");
});

test("what is stored and is no width is none", () => {
  localStorage.setItem("pellucid.split", "wide");
  render(<Columns />);
  expect(width()).toBe("54");
});
