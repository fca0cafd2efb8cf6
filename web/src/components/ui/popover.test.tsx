import { render, screen, waitFor } from "@testing-library/react";
import { Popover } from "./popover";

// jsdom lays nothing out: its window has no size, and nothing in it a place.
Object.defineProperties(document.documentElement, { clientWidth: { value: 1000 }, clientHeight: { value: 700 } });

function anchorAt(left: number, top: number): HTMLElement {
  const anchor = document.createElement("p");
  anchor.getBoundingClientRect = () => new DOMRect(left, top, 100, 20);
  anchor.getClientRects = () => Object.assign([anchor.getBoundingClientRect()], { item: () => null });
  document.body.append(anchor);
  return anchor;
}

test.each([
  ["below what it is about", 40, 100, "translate(40px, 127px)"],
  ["above it at the window's foot", 40, 675, "translate(40px, 668px)"],
  ["inside the window at its edge", -60, 100, "translate(40px, 127px)"],
])("it stands %s", async (_, left, top, where) => {
  const anchor = anchorAt(left, top);
  render(
    <Popover anchor={anchor} role="tooltip">
      said
    </Popover>,
  );
  const popover = screen.getByRole("tooltip");
  expect(popover).toHaveTextContent("said");
  await waitFor(() => expect(popover.style.transform).toBe(where));
  expect(popover).toHaveStyle({ position: "fixed" });
  anchor.remove();
});
